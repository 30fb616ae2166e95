import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { S3Error } from '../s3-error.ts';
import { childText, document, parse } from './xml.ts';

test('any text comes through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = document({ name: 'Delete', content: [{ name: 'Key', content: text }] }, 'http://example.org/');
      assert.equal(childText(parse(Buffer.from(written)), 'Key'), text);
    }),
  );
});

test('what other clients write is understood', () => {
  const written = `\ufeff<?xml version='1.0'?><!-- by hand -->
    <s3:Delete xmlns:s3="http://s3.amazonaws.com/doc/2006-03-01/"><s3:Quiet />
      <s3:Key>a&lt;&#98;&#x63;<![CDATA[<d>]]></s3:Key></s3:Delete>`;
  assert.equal(childText(parse(Buffer.from(written)), 'Key'), 'a<bc<d>');
});

for (const [what, text] of Object.entries({
  nothing: '',
  'no element': 'text',
  'an element that does not end': '<a><b></b>',
  'ends that are crossed': '<a><b></a></b>',
  'two roots': '<a/><b/>',
  'an entity of its own': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  'an entity that nobody knows': '<a>&b;</a>',
  'an entity that objects know': '<a>&toString;</a>',
  'a character that there is not': '<a>&#x110000;</a>',
  'a bare ampersand': '<a>b & c</a>',
  'more depth than anybody needs': '<a>'.repeat(20),
}))
  test(`${what} is refused`, () => {
    assert.throws(
      () => parse(Buffer.from(text)),
      (error: unknown) => error instanceof S3Error && error.code === 'MalformedXML',
    );
  });

test('what is not UTF-8 is refused', () => {
  assert.throws(() => parse(Buffer.from([0x3c, 0x61, 0x3e, 0xff])), S3Error);
});

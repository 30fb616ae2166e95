export { attachLive, type LiveOptions, type LiveServer } from './attach.ts';

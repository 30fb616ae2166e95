import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import playwright from 'eslint-plugin-playwright';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * The rooms of the house, and whom each may import. What is not listed is an error. Tests may look further: they sit beside
 * their source and may use what stands a door away.
 */
const rooms = {
  codec: { pattern: 'datasets/sav', imports: [] },
  datasets: { pattern: 'datasets', imports: ['codec'] },
  run: { pattern: 'src/run', imports: ['product', 'telemetry', 'datasets', 'lib'] },
  product: { pattern: 'src/product', imports: ['run', 'telemetry', 'datasets'] },
  telemetry: { pattern: 'src/telemetry', imports: [] },
  report: { pattern: 'src/report', imports: ['run', 'telemetry'] },
  monitor: { pattern: 'src/monitor', imports: ['run', 'telemetry', 'report'] },
  audit: { pattern: 'src/audit', imports: ['run', 'telemetry'] },
  fixtures: { pattern: 'fixtures', imports: ['run', 'product', 'telemetry', 'datasets'] },
  double: { pattern: 'e2e/double', imports: [] },
  matrix: { pattern: 'e2e/harness/kill-matrix', imports: ['lib', 'run', 'sandbox', 'stories', 'bench'] },
  stories: { pattern: 'e2e', imports: ['fixtures'] },
  screens: { pattern: 'sandbox/web', imports: ['sandbox'] },
  sandbox: { pattern: 'sandbox', imports: ['codec', 'screens'] },
  lib: { pattern: 'scripts/lib', imports: [] },
  bench: {
    pattern: 'bench',
    imports: ['lib', 'run', 'product', 'telemetry', 'report', 'datasets', 'sandbox', 'fixtures', 'stories'],
  },
  detection: { pattern: 'detection', imports: ['lib', 'run', 'telemetry', 'report', 'sandbox', 'stories', 'bench'] },
  doors: {
    pattern: 'scripts',
    imports: [
      'lib',
      'run',
      'product',
      'telemetry',
      'report',
      'audit',
      'monitor',
      'datasets',
      'codec',
      'sandbox',
      'stories',
      'bench',
      'detection',
      'matrix',
    ],
  },
};

export default defineConfig(
  {
    ignores: [
      'node_modules',
      '**/dist',
      'results',
      'allure-*',
      'test-results',
      'playwright-report',
      '.cache',
      '.sandbox',
      'datasets/files',
    ],
  },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-undef': 'off', // The compiler's business.
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', '**/*.browser.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': Object.entries(rooms).map(([type, { pattern }]) => ({ type, pattern })),
      'boundaries/include': ['**/*.{ts,tsx,mjs}'],
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.mjs'] } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          message:
            'DESIGN: {{from.element.type}} must not import {{to.element.type}}; the arrows between rooms are in eslint.config.mjs.',
          policies: [
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
            ...Object.entries(rooms).map(([type, { imports }]) => ({
              from: { element: { type } },
              allow: { to: { element: { types: { anyOf: [type, ...imports] } } } },
            })),
            // Doors that stand at the root: configuration, set-up and teardown of a run.
            {
              from: { element: { isUnknown: true } },
              allow: { to: { element: { types: { anyOf: Object.keys(rooms) } } } },
            },
          ],
        },
      ],
    },
  },
  {
    // A cast in a comment is the compiler's to see; these rules only see the expression inside it.
    files: ['**/*.mjs'],
    rules: { '@typescript-eslint/no-unsafe-return': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    files: ['sandbox/web/**/*.tsx', 'sandbox/web/**/*.ts'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    files: ['e2e/**/*.ts', '**/*.browser.ts'],
    plugins: { playwright },
    rules: {
      'playwright/no-wait-for-timeout': 'error',
      'playwright/no-focused-test': 'error',
      'playwright/missing-playwright-await': 'error',
      'playwright/no-networkidle': 'error',
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['test', 'describe', 'it', 'suite'], package: 'node:test' },
          ],
        },
      ],
    },
  },
);

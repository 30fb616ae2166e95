/** The sandbox's object store: what S3's API promises, as far as survey bundles need it. */
export { createObjectServer, type ObjectServer } from './server.ts';
export { firstBucket, openObjects, type ObjectStore } from './store/index.ts';

/** The sandbox's object store: what S3's API promises, as far as the data sets of a survey need it. */
export { firstBucket, openObjects, type ObjectStore } from './store/index.ts';

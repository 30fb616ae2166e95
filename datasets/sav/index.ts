/** The `.sav` codec: the only module other rooms import. */
export * from './model.ts';
export { isMissing, isUserMissing } from './missing.ts';
export { openSav, readSav, type SavData, type SavFile, type SavReadOptions } from './reader.ts';
export { writeSav, type SavWriteOptions, type SavWritten } from './writer.ts';

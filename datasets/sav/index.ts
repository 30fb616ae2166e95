/** The `.sav` codec: the only module other rooms import. */
export * from './model.ts';
export { openSav, readSav, type SavData, type SavFile } from './reader.ts';
export { writeSav } from './writer.ts';

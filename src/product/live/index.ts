export { isActive, ProjectBoard, type BoardProject } from './board.ts';
export { FrameDecoder, isSyncSocket } from './decoder.ts';
export { followPage } from './follow-page.ts';
export type {
  ChangeRecord,
  Connected,
  FrameTimes,
  Happening,
  ObjectKind,
  QueryFailed,
  Row,
  RowChange,
  Unexpected,
} from './happenings.ts';
export { PageReader } from './page-reader.ts';

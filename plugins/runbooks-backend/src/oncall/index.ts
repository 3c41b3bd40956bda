export { GroupDirectory, type Membership } from './GroupDirectory';
export {
  ON_CALL_REF_ANNOTATION,
  OnCallSchedules,
  type OnCallDocumentReader,
} from './OnCallSchedules';
export { OnCallService } from './OnCallService';
export { Ownership, type EntitledPerson } from './Ownership';

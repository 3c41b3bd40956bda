export { LocalExecutor } from './LocalExecutor';

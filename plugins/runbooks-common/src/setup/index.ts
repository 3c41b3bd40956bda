export * from './model';
export { setupNeeds } from './setupNeeds';

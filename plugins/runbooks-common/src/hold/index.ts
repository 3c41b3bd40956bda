export * from './freezesAt';
export * from './holdOn';
export * from './model';

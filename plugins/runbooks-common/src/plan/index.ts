export * from './model';
export * from './allowedWrites';
export * from './bindText';
export * from './makePlan';
export * from './parameterValues';
export * from './prefill';

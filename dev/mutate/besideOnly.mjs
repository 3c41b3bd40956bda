/** The variable that names the folder of the core whose tests are the only ones that are asked. */
export const BESIDE = 'RUNBOOKS_MUTATE_BESIDE';

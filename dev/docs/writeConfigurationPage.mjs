import { writeConfigurationPage } from './configurationPage.mjs';

/* `npm run -s config-page`: writes docs/configuration.md from config.d.ts. */
writeConfigurationPage();

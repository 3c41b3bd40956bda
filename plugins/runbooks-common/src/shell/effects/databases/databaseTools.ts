import type { ToolRule } from '../scene';
import { kafkaTools } from './kafka';
import { messagingTools } from './messaging';
import { mongoTools } from './mongo';
import { mysqlTools } from './mysql';
import { otherSqlTools } from './otherSql';
import { postgresTools } from './postgres';
import { rabbitmqTools } from './rabbitmq';
import { redisTools } from './redis';
import { storeTools } from './stores';

/** Clients of databases and message brokers. */
export const databaseTools: Record<string, ToolRule> = {
  ...postgresTools,
  ...mysqlTools,
  ...otherSqlTools,
  ...redisTools,
  ...mongoTools,
  ...storeTools,
  ...rabbitmqTools,
  ...kafkaTools,
  ...messagingTools,
};

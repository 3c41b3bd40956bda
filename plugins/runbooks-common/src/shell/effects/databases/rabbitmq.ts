import type { ToolRule } from '../scene';
import { verbTool } from '../verbTable';

const rabbitmq = verbTool(
  'rabbitmqctl',
  {
    values: 'n node p vhost t timeout',
    flags: 'longnames silent s l formatter',
  },
  `
read | status, cluster_status, list_queues, list_exchanges, list_bindings, list_connections, list_channels, list_consumers, list_users, list_vhosts, list_permissions, list_policies, list_parameters, list_user_permissions, node_health_check, environment, report, ping, await_startup, version, list_unresponsive_queues, list_feature_flags, check_running, check_port_connectivity, check_local_alarms, check_alarms, memory_breakdown, check_if_node_is_quorum_critical, check_if_node_is_mirror_sync_critical, observer, quorum_status, listeners, alarms, cluster_links, list_shovels, shovel_status, federation_status, authenticate_user, eval_help, list_ciphers, check_virtual_hosts, list, is_running, list_topic_permissions, list_operator_policies, list_global_parameters | looks at RabbitMQ
change | add_user, change_password, set_user_tags, set_permissions, add_vhost, set_policy, set_parameter, start_app, join_cluster, set_cluster_name, set_vm_memory_high_watermark, set_disk_free_limit, sync_queue, cancel_sync_queue, enable_feature_flag, rotate_logs, enable, trace_on, trace_off, suspend_listeners, resume_listeners, set_log_level, change_cluster_node_type, set_topic_permissions, set_operator_policy, rebalance, grow, close_all_connections, await_online_nodes, set_global_parameter, add_member | {does} in RabbitMQ: {names}
destructive | delete_user, delete_vhost, delete_queue, purge_queue, clear_policy, clear_permissions, clear_parameter, close_connection, stop_app, stop, shutdown, reset, force_reset, forget_cluster_node, force_boot, delete_shovel, disable, shrink, delete_member, clear_topic_permissions, drain, restart_vhost, delete | {does} in RabbitMQ: {names}
unknown | eval, exec | runs a program in RabbitMQ
`,
);

/** RabbitMQ. */
export const rabbitmqTools: Record<string, ToolRule> = {
  rabbitmqctl: rabbitmq,
  'rabbitmq-diagnostics': rabbitmq,
  'rabbitmq-queues': rabbitmq,
  'rabbitmq-plugins': rabbitmq,
  'rabbitmq-upgrade': rabbitmq,
  rabbitmqadmin: verbTool(
    'rabbitmqadmin',
    {
      values:
        'H host P port u username p password V vhost c config N node f format',
      flags: 's ssl k',
    },
    `
read | list, show | looks at RabbitMQ
files | export | saves the definitions of RabbitMQ
change | declare, publish, import | {does} in RabbitMQ: {names}
destructive | delete, close, purge, get | {does} in RabbitMQ: {names}
`,
  ),
};

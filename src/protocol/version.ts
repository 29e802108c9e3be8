/** Goes up whenever page and worker would misunderstand each other's older messages. */
export const PROTOCOL_VERSION = 1;

module.exports = require('../../dev/lint/eslintConfig')(__dirname);

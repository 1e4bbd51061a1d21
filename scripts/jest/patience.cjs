/* What a test looks for in a page comes when the machine has time for it: a second, as is the default, may be too short. */
require('@testing-library/dom').configure({ asyncUtilTimeout: 60_000 });

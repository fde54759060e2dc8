## Settings: what each is for, without a full stop.

settings-set-admin-role = Members with this role may change everything here
settings-set-log-channel = Where I report what I did
settings-set-log-level = How much I report there
settings-set-log-level-verbose-option = Everything
settings-set-log-level-normal-option = No details
settings-set-log-level-critical-option = Only trouble
settings-set-time-zone = The time zone in which people here name times
settings-set-language = The language of what I post
settings-set-retention-days = For how many days I keep who changed what here
settings-enabled = Whether this is switched on here

## Values.

settings-none = none
settings-on = on
settings-off = off
# What holds where nothing is set.
settings-default = { $value } (default)
settings-unsure = Discord did not say everything in time, so there may be more; look again in a moment.
settings-gone-channel = `{ $name }` names a channel that was deleted, or that I cannot see (<#{ $channel }>); pick another.
settings-gone-role = `{ $name }` names a role that was deleted; pick another.

## The log channel.

settings-log-changed = Settings changed: { $group }

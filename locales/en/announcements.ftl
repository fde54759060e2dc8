## Settings: what each is for, without a full stop.

announcements-set-channel = The channel whose announcements become reminders
announcements-set-reminder-channel = Where these reminders are said, if not where they were announced
announcements-set-reminder-offset = How long before an event its reminder comes

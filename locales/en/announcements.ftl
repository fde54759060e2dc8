## Settings: what each is for, without a full stop.

announcements-set-channel = The channel whose announcements become reminders
announcements-set-reminder-channel = Where these reminders are said, if not where they were announced
announcements-set-reminder-offset = How long before an event its reminder comes

## The log channel.

# $why is what whoever announced it would be told.
announcements-refused = Its author would be told: “{ $why }”
announcements-not-made = 🔕 No reminder made of an announcement
# In the place of why: what it announces has happened.
announcements-over = What it announces is over.
# After the sentence that says why its message says nothing new.
announcements-reminder-kept = Reminder #{ $number } stays as it is.
announcements-not-read = 🚨 Announcements are not read
announcements-channel-refuses = I cannot read <#{ $channel }> ({ $answer }); give me **{ ui-permission-view-channel }** and **{ ui-permission-read-history }** there.
announcements-no-content = The message content intent is off for me, so that I see no text. Whoever runs me can switch it on in Discord's developer portal; until then use *Apps, { command-menu-create-reminder }* in the menu of a message.

## What all pages of the dashboard say.

web-skip = Skip to the content
web-account-label = Your account
web-menu-label = Pages of this server
web-by-clocks-of = By the clocks of { $zone }

## Logging in.

web-login-title = Dashboard
web-login = Log in with your Discord account to see your servers here. I ask Discord for your name and the list of your servers, and for nothing else.
web-login-button = Log in with Discord
web-login-again = This login is no longer good; log in again.
web-login-denied = You told Discord not to let me know who you are, so you are not logged in.
web-login-busy = Many people are logging in right now; try again in a moment.
web-logout-button = Log out
web-logout-everywhere-button = Log out everywhere
web-logged-out = You are logged out.
web-logged-out-everywhere = You are logged out everywhere.
web-logins-title = Where you are logged in
web-logins = Nobody else can see this. If you do not know one of these, log out everywhere.
web-logins-browser-label = Browser
web-logins-began-label = Logged in
web-logins-seen-label = Last here
web-logins-unknown = Unknown browser

## The servers of whoever is logged in.

web-servers-title = Your servers
web-to-servers = To your servers
web-no-servers = You are in no server that I am in. Invite me into one of yours, or ask an admin to.
web-invite-title = Servers without me
web-invite = You manage these servers, and I am not in them yet.
web-invite-button = Invite me
web-servers-since-login = These are your servers as they were when you logged in. If one is missing, log out and in again.

## Why there is nothing else on a page.

web-missing-title = Not found
web-forbidden-title = Not for you
web-refused-title = That did not work
web-no-page = There is no such page.
web-no-server = You are not in such a server, or I am not. If you joined it just now, log out and in again.
web-forbidden = You may not see this page in this server; ask an admin if you should.
web-no-pages = There is nothing here for you in this server; ask an admin if there should be.
web-no-discord = Discord does not tell me at the moment what you may see; try again in a minute.
web-crowded = You open many pages at once. Wait until they are there, then load this one again.
web-too-slow = That took too long, and I do not know whether it was done. Look, and try again if it was not.
web-form-too-long = That form is longer than { $kilobytes } kB, so nothing was done. Shorten it and send it again.
web-foreign = That form came from another site, so nothing was done. Open the page here and try again.

## Whom somebody means.

web-person-hint = Their name, or how it begins, or their id
web-no-person-named = Write whom you mean: their name or their id.
web-nobody-called = Nobody in this server is called “{ $name }”; write the name as Discord shows it, or the id.
web-several-called = Several are called “{ $name }”: { $who }. Write the whole name, or the id.

## Keys, for whoever has some.

web-keys-title = Keys
web-keys-rows = The next and the previous of a list
web-keys-open = Open it
web-keys-choose = Choose it
web-keys-search = Search
web-keys-help = These keys
web-keys-close-button = Close

## Files that somebody takes with them.

web-csv-button = Save this list as CSV

## Forms.

web-unfit = Nothing was saved yet: mend what is marked below.

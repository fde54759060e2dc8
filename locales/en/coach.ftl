## Settings: what each is for, without a full stop.

coach-set-model = The language model; none is the operator's choice
coach-set-temperature = From 0, always the same, to 2, full of surprises
coach-set-drafts = Whether a model drafts replies for the staff; without it they see the nearest entries
coach-set-daily-tokens = How many tokens the model may take a day; 0 is none
coach-set-drafts-an-hour = How many drafts one of the staff may ask for in an hour
coach-set-blocked = Words, with commas between them: what a ticket has any of in it is told to no model
coach-set-distress = Whether a ticket of somebody who seems to be in need becomes pressing, and the staff is told
coach-set-help-line = What the staff reads where somebody seems to be in need, such as a help line
coach-set-asks-an-hour = How often a member may ask the coach in an hour; 0 is never

## The commands.

command-learn_topic = Learn something, in plain words
    .topic = What about
command-create_caption = Find words to stand beside a post
    .topic = What it is about
    .style = How it sounds
    .style-punchy = short and strong
    .style-vulnerable = open about what is hard
    .style-educational = something is learnt from it
    .style-spiritual = calm, about what matters
    .style-motivational = makes one want to begin
    .style-formal = as in a letter
command-growthcheckin = Look at how you are doing; only you read it
command-leaderhelp = Ask for advice if you lead others; only you read it

## Forms, and what those who lead choose from.

coach-topic-label = Topic
coach-check-in-form = How are you doing?
coach-goal-label = What do you want to reach?
coach-obstacle-label = What is in the way?
coach-feeling-label = How do you feel about it?
coach-question-form = Ask the coach
coach-question-label = What do you want to know?
coach-lead = What are you dealing with?
coach-lead-menu = Choose what comes nearest
coach-disengaged-option = Somebody has lost interest
coach-disengaged = Somebody in my team has lost interest and hardly takes part any more. What can I do?
coach-burnout-option = Somebody is worn out
coach-burnout = Somebody in my team seems to be worn out. How do I help without adding pressure?
coach-dropoff-option = Fewer and fewer come
coach-dropoff = Fewer and fewer people come to what we do together. How do we turn that around?
coach-self-doubt-option = I doubt myself
coach-self-doubt = I lead others and doubt whether I am any good at it. What helps?
coach-own-option = A question of my own…

## What the coach says besides.

coach-worried = 💛 That sounds heavy. Talk to somebody you trust; you need not carry it alone.
coach-urgent = 🚨 If you are in danger, talk to somebody now: a person near you, or the emergency number of your country. A machine is not enough for this.
coach-help-line = Help: { $line }
coach-known = **What is known here about it**
coach-nothing = Write a few words about it first.

## Why it says nothing.

coach-switched-off = The coach is off here.
coach-blocked = It is about something that is told to no language model here.
coach-no-model = There is no language model here, so the coach has nothing to say.
coach-down = The language model does not answer just now; try again in a minute.
coach-closed = The language model does not let me ask it; whoever runs me knows why.
coach-refused = The language model did not want to answer this; ask in other words.
coach-too-long = That is too long for the language model; write less.
coach-empty = What the language model answered was of no use; try again.
coach-spent = The coach has said as much here today as it may; it may again <t:{ $at }:R>.
coach-asked-often = You have asked as often as you may for now; ask again <t:{ $at }:R>.

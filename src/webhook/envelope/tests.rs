//! Odd requests, and what is read of them.

use super::*;
use proptest::prelude::*;

#[test]
fn odd_fields_count_as_absent() {
    let body = r#"{"type":2,"id":"0","token":7,"guild_id":"12","member":{"user":{"id":"3"},"permissions":
        "36893488147419103240","roles":["5","x"],"avatar":{"new":1}},"data":{}}"#;
    let envelope: Envelope<'_> = serde_json::from_str(body).expect("it is JSON");
    assert_eq!((envelope.id.0, envelope.token.0.is_none()), (None, true));
    assert_eq!(envelope.guild_id.0, Some(Id::new(12)));
    let member = envelope.member.0.expect("the member parses");
    assert_eq!(member.permissions(), Permissions::ADMINISTRATOR);
    assert_eq!(member.roles.0.expect("a list").len(), 2);
}

#[test]
fn an_option_of_an_unknown_type_is_left_out() {
    let raw: RawCommand = serde_json::from_str(
        r#"{"name":"faq","type":1,"options":[{"name":"search","type":1,"options":
            [{"name":"colour","type":12,"value":"red"},{"name":"query","type":3,"value":"refund"}]}]}"#,
    )
    .expect("it is a command");
    assert_eq!(raw.path(), "faq search");
    let input = raw.into_input();
    let names = format!("{:?}", input.options);
    assert!(names.contains("query") && !names.contains("colour"), "{names}");
}

#[test]
fn inputs_are_found_in_labels_and_in_rows() {
    let raw: RawModal = serde_json::from_str(
        r#"{"custom_id":"x","components":[
            {"type":18,"component":{"type":4,"custom_id":"title","value":"Refunds"}},
            {"type":1,"components":[{"type":4,"custom_id":"answer","value":""}]},
            {"type":18,"component":{"type":23,"custom_id":"agree","value":true}},
            {"type":18,"component":{"type":22,"custom_id":"which","values":["a"]}},
            {"type":99,"what":1}]}"#,
    )
    .expect("it is a form");
    let expected = serde_json::json!({"title": "Refunds", "answer": "", "agree": true, "which": ["a"]});
    assert_eq!(Value::Object(raw.fields()), expected);
}

proptest! {
    #[test]
    fn no_body_makes_the_decoder_panic(data in r#"[\[\]{}":,a-z0-9 \\]{0,200}"#) {
        if let Ok(raw) = serde_json::from_str::<&RawValue>(&data) {
            if let Some(command) = read::<RawCommand>(raw) {
                command.path();
                command.target_message();
                command.into_input();
            }
            if let Some(command) = read::<RawCommand>(raw) {
                command.into_line();
            }
            if let Some(modal) = read::<RawModal>(raw) {
                modal.fields();
            }
        }
    }
}

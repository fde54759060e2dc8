//! `multipart/form-data` as Discord takes it: `payload_json` and `files[n]`.

use serde_json::Value;

use super::super::messages::Upload;

/// The JSON and the files, in the order of their numbers; none if it is malformed.
pub(super) fn parse(body: &[u8], boundary: &str) -> Option<(Value, Vec<Upload>)> {
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter has no line before it.
    let body = [b"\r\n", body].concat();
    let mut rest = &body[find(&body, delimiter.as_bytes())? + delimiter.len()..];
    let mut json = Value::Null;
    let mut uploads = Vec::new();
    while !rest.starts_with(b"--") {
        let end = find(rest, delimiter.as_bytes())?;
        let part = rest[..end].strip_prefix(b"\r\n")?;
        let head_end = find(part, b"\r\n\r\n")?;
        let head = std::str::from_utf8(&part[..head_end]).ok()?;
        let content = &part[head_end + 4..];
        let name = attribute(head, "name")?;
        if name == "payload_json" {
            json = serde_json::from_slice(content).ok()?;
        } else {
            let index: usize = name.strip_prefix("files[")?.strip_suffix(']')?.parse().ok()?;
            let kind = head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case("content-type").then(|| value.trim().to_owned())
            });
            let upload = Upload {
                name: attribute(head, "filename")?.to_owned(),
                content_type: kind.unwrap_or_else(|| "application/octet-stream".to_owned()),
                bytes: content.to_vec(),
            };
            uploads.push((index, upload));
        }
        rest = &rest[end + delimiter.len()..];
    }
    uploads.sort_by_key(|(index, _)| *index);
    Some((json, uploads.into_iter().map(|(_, upload)| upload).collect()))
}

fn attribute<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let start = head.find(&format!(" {name}=\""))? + name.len() + 3;
    head[start..].split('"').next()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_files_are_told_apart() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\
            Content-Type: application/json\r\n\r\n{\"content\":\"x\"}\r\n\
            --b\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.csv\"\r\n\
            Content-Type: text/csv\r\n\r\n1,2\r\n3,4\r\n--b--\r\n";
        let (json, uploads) = parse(body, "b").unwrap();
        assert_eq!(json["content"], "x");
        assert_eq!((uploads[0].name.as_str(), uploads[0].content_type.as_str()), ("a.csv", "text/csv"));
        assert_eq!(uploads[0].bytes, b"1,2\r\n3,4");
        assert!(parse(b"--b\r\nnothing", "b").is_none());
    }
}

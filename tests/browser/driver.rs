//! A browser, driven over the WebDriver protocol (<https://www.w3.org/TR/webdriver2/>).

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use base64::Engine;
use base64::prelude::BASE64_STANDARD as STANDARD;
use serde_json::{Value, json};

/// The key under which the protocol names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long an element may take to appear.
const PATIENCE_MS: u64 = 15_000;

/// Without these it calls home; as root it needs the first.
const ARGUMENTS: [&str; 8] = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// What axe finds serious, by rule and place. It compares colours: nothing may be half way from one to another.
const AXE_RUN: &str = "async () => {
    document.getAnimations().forEach(animation => animation.finish());
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await window.axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], iframes: false});
    const serious = found.violations.filter(it => it.impact === 'serious' || it.impact === 'critical');
    return serious.flatMap(it => it.nodes.map(node => `${it.id}: ${node.html.slice(0, 200)}: ${node.failureSummary}`));
}";

/// ChromeDriver, which starts browsers.
pub(crate) struct Driver {
    child: Child,
    url: String,
}

impl Driver {
    pub(crate) fn start() -> Driver {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver: install Debian's chromium and chromium-driver");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let port = lines.find_map(|line| {
            let line = line.expect("text");
            let port = line.strip_prefix("ChromeDriver was started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        let url = format!("http://127.0.0.1:{}", port.expect("its port"));
        // What it still says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Driver { child, url }
    }

    /// A window of its own: another person.
    pub(crate) async fn window(&self, width: u32, height: u32, dark: bool) -> Window {
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(ToString::to_string).collect();
        arguments.push(format!("--window-size={width},{height}"));
        if dark {
            arguments.push("--force-dark-mode".to_owned());
        }
        let options = json!({"args": arguments});
        let wanted = json!({"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}});
        let http = reqwest::Client::new();
        let session = call(http.post(format!("{}/session", self.url)).json(&wanted)).await;
        let id = session["sessionId"].as_str().expect("a session");
        let window = Window { session: format!("{}/session/{id}", self.url), http };
        window.post("timeouts", json!({"implicit": PATIENCE_MS})).await;
        window
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser window.
pub(crate) struct Window {
    session: String,
    http: reqwest::Client,
}

async fn call(request: reqwest::RequestBuilder) -> Value {
    match attempt(request).await {
        Ok(value) => value,
        Err(error) => panic!("{}: {}", error["error"], error["message"]),
    }
}

/// What the driver answers, or its error.
async fn attempt(request: reqwest::RequestBuilder) -> Result<Value, Value> {
    let mut answer: Value = request.send().await.expect("the driver answers").json().await.expect("JSON");
    let value = answer["value"].take();
    if value["error"].is_null() { Ok(value) } else { Err(value) }
}

impl Window {
    async fn post(&self, path: &str, body: Value) -> Value {
        call(self.http.post(format!("{}/{path}", self.session)).json(&body)).await
    }

    pub(crate) async fn opens(&self, url: &str) {
        self.post("url", json!({"url": url})).await;
    }

    async fn find(&self, by: &str, what: &str) -> String {
        let element = self.post("element", json!({"using": by, "value": what})).await;
        element[ELEMENT].as_str().expect("an element").to_owned()
    }

    /// Waits for what the CSS selector names, and clicks it.
    pub(crate) async fn clicks(&self, css: &str) {
        self.click("css selector", css).await;
    }

    /// Waits for the newest button with this label, and clicks it.
    pub(crate) async fn presses(&self, label: &str) {
        self.click("xpath", &format!("(//button[normalize-space()='{label}'])[last()]")).await;
    }

    /// Clicks what may be drawn anew between the look and the click.
    async fn click(&self, by: &str, what: &str) {
        loop {
            let element = self.find(by, what).await;
            let click = self.http.post(format!("{}/element/{element}/click", self.session)).json(&json!({}));
            match attempt(click).await {
                Ok(_) => return,
                Err(error) if error["error"] == "stale element reference" => {}
                Err(error) => panic!("{what}: {}: {}", error["error"], error["message"]),
            }
        }
    }

    /// Types into what the CSS selector names.
    pub(crate) async fn types(&self, css: &str, text: &str) {
        let element = self.find("css selector", css).await;
        self.post(&format!("element/{element}/value"), json!({"text": text})).await;
    }

    /// Waits until the page shows `text` somewhere.
    pub(crate) async fn sees(&self, text: &str) {
        self.find("xpath", &format!("//*[contains(normalize-space(.), \"{text}\")]")).await;
    }

    /// The tab that one looks at.
    pub(crate) async fn tab(&self) -> String {
        let handle = call(self.http.get(format!("{}/window", self.session))).await;
        handle.as_str().expect("a handle").to_owned()
    }

    /// Opens an address in a tab of its own, and looks at it.
    pub(crate) async fn opens_tab(&self, url: &str) -> String {
        let tab = self.post("window/new", json!({"type": "tab"})).await;
        let tab = tab["handle"].as_str().expect("a handle").to_owned();
        self.goes_to_tab(&tab).await;
        self.opens(url).await;
        tab
    }

    pub(crate) async fn goes_to_tab(&self, tab: &str) {
        self.post("window", json!({"handle": tab})).await;
    }

    /// Closes the tab that one looks at; go to another then.
    pub(crate) async fn closes_tab(&self) {
        call(self.http.delete(format!("{}/window", self.session))).await;
    }

    /// Runs a script that returns something.
    pub(crate) async fn script(&self, script: &str) -> Value {
        self.post("execute/sync", json!({"script": script, "args": []})).await
    }

    /// Writes a picture to `target/screenshots`.
    pub(crate) async fn photographs(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).expect("a folder");
        let picture = call(self.http.get(format!("{}/screenshot", self.session))).await;
        let bytes = STANDARD.decode(picture.as_str().expect("a picture")).expect("it is base64");
        std::fs::write(folder.join(format!("{name}.png")), bytes).expect("it is written");
    }

    /// A picture on a desktop and on a phone, each in light and dark.
    pub(crate) async fn photographs_all(&self, name: &str) {
        for (kind, width, height) in [("phone", 390, 844), ("desktop", 1280, 800)] {
            self.post("window/rect", json!({"width": width, "height": height})).await;
            for theme in ["light", "dark"] {
                self.script(&format!("document.documentElement.dataset.theme = '{theme}'")).await;
                self.prefers(theme).await;
                let name = format!("{name}-{kind}-{theme}");
                self.photographs(&name).await;
                self.bars_nobody(&name).await;
            }
        }
        self.script("delete document.documentElement.dataset.theme").await;
        self.prefers("").await;
    }

    /// Lets the browser tell pages that its person likes `theme`; an empty one is whatever it told before
    /// (<https://chromedevtools.github.io/devtools-protocol/tot/Emulation/#method-setEmulatedMedia>).
    async fn prefers(&self, theme: &str) {
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
        self.post("goog/cdp/execute", json!({"cmd": "Emulation.setEmulatedMedia", "params": media})).await;
    }

    /// Looks with axe (<https://github.com/dequelabs/axe-core>) for what keeps people out, if `ALPHAPY_AXE` says where its
    /// script is: nothing on the page may be serious.
    #[allow(clippy::disallowed_methods)] // It is no setting of the service.
    async fn bars_nobody(&self, name: &str) {
        let Ok(path) = std::env::var("ALPHAPY_AXE") else { return };
        let axe = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let script =
            format!("{axe}; const tell = arguments[0]; ({AXE_RUN})().then(tell, error => tell([`${{error}}`]))");
        let found = self.post("execute/async", json!({"script": script, "args": []})).await;
        assert_eq!(found, json!([]), "{name} keeps people out: {found:#}");
    }

    pub(crate) async fn closes(self) {
        call(self.http.delete(&self.session)).await;
    }
}

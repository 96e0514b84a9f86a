//! Texts that somebody puts in: compared and forgotten, or, from the bookmarklet, kept.

use super::{Form, Shown, now, story};
use crate::app::App;
use crate::guard::Sent;
use crate::problem::Problem;
use crate::view;
use crate::words;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rashomon::Options;
use rashomon::model::{Article, Noted, Severity};
use rashomon::read::{Format, Record};
use rashomon::report;
use serde::Serialize;
use std::sync::Arc;

/// Articles that are compared in one request.
pub(crate) const ARTICLES: usize = 200;
/// Addresses that are fetched for one comparison.
const ADDRESSES: usize = 12;
/// Comparisons at once: each takes all processors.
static COMPARING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

#[derive(Default, Serialize)]
struct Page {
    problem: Option<String>,
    capture: Option<String>,
    net: bool,
    sent: Sheet,
}

/// What somebody has put into the forms, to be there again where nothing came of it.
#[derive(Clone, Default, Serialize)]
struct Sheet {
    texts: [Pasted; FIELDS],
    addresses: String,
}

/// A text as it was pasted.
#[derive(Clone, Default, Serialize)]
struct Pasted {
    outlet: String,
    text: String,
}

/// Texts that the page has fields for.
const FIELDS: usize = 4;

impl Sheet {
    fn of(form: &Form) -> Self {
        let pasted = |n: usize| Pasted {
            outlet: form.get(&format!("outlet{}", n + 1)).to_owned(),
            text: form.get(&format!("text{}", n + 1)).to_owned(),
        };
        Self { texts: std::array::from_fn(pasted), addresses: form.get("addresses").to_owned() }
    }
}

pub(super) async fn page(State(app): State<Arc<App>>) -> Shown {
    Ok(form(&app, None, Sheet::default()))
}

fn form(app: &App, problem: Option<String>, sent: Sheet) -> Response {
    let capture = Some(bookmarklet(&app.base, &app.guard.capture));
    let failed = problem.is_some();
    let mut it = view::page(
        app,
        "compare",
        "/compare",
        "Compare",
        &Page { problem, capture, net: app.inputs.asks_the_net(), sent },
    );
    if failed {
        *it.status_mut() = StatusCode::BAD_REQUEST;
    }
    it
}

/// Sends the page that is open. It is shown as text to be copied: a link of ours never runs anything.
fn bookmarklet(base: &str, key: &str) -> String {
    format!(
        "javascript:(()=>{{const f=document.createElement('form');f.method='post';f.action='{base}/capture';f.target='_blank';\
         const a=(n,v)=>{{const i=document.createElement('textarea');i.name=n;i.value=v;f.append(i)}};a('key','{key}');\
         a('url',location.href);a('html',document.documentElement.outerHTML);f.style.display='none';document.body.append(f);f.submit();f.remove()}})()"
    )
}

/// What a comparison page shows; the same as a story, without what only a kept story has.
#[derive(Serialize)]
struct Compared {
    tools: bool,
    lag: Option<String>,
    news: [(); 0],
    unseen: bool,
    more: Option<String>,
    body: String,
    noticed: Vec<String>,
    atom: Option<String>,
}

pub(super) async fn compare(State(app): State<Arc<App>>, request: Request) -> Shown {
    let is_files = request.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"multipart/"));
    if is_files {
        let asked = dropped(&app, request).await;
        return show(&app, asked, Sheet::default()).await;
    }
    let Ok(body) = axum::body::to_bytes(request.into_body(), crate::guard::BODY).await else {
        return Ok(form(&app, Some("the form broke off".to_owned()), Sheet::default()));
    };
    let sent = Form::new(&body);
    show(&app, Ok(pasted(&sent)), Sheet::of(&sent)).await
}

/// The pages at addresses, compared and forgotten. Asked for one after the other, as politely as the watcher asks.
pub(super) async fn addresses(State(app): State<Arc<App>>, body: Sent) -> Shown {
    let form = Form::new(&body);
    let urls: Vec<String> = form.get("addresses").split_whitespace().map(str::to_owned).take(ADDRESSES + 1).collect();
    let texts = fetched(&app, urls).await;
    show(&app, texts.map(|texts| Asked { texts, one_story: together(&form) }), Sheet::of(&form)).await
}

async fn fetched(app: &Arc<App>, urls: Vec<String>) -> Result<Texts, Problem> {
    if urls.len() < 2 || urls.len() > ADDRESSES {
        return Err(Problem::bad(format!("two to {ADDRESSES} addresses, one a line")));
    }
    if let Some(it) = urls.iter().find(|it| words::safe(it).is_none()) {
        return Err(Problem::bad(format!("{}: only pages of the web are fetched", crate::kept::cut(it, 100))));
    }
    let app = app.clone();
    let work = move || {
        let mut all: Texts = Vec::new();
        for url in urls {
            let found = app.inputs.at_address(&url, ARTICLES).map_err(Problem::bad)?;
            all.extend(found.into_iter().map(|(record, at)| Text { record, outlet: None, url: at }));
        }
        Ok(all)
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Problem::bad("the pages could not be fetched")))
}

async fn show(app: &Arc<App>, asked: Result<Asked, Problem>, sent: Sheet) -> Shown {
    let Asked { texts, one_story } = match asked {
        Ok(asked) => asked,
        Err(problem) => return Ok(form(app, Some(problem.detail().to_owned()), sent)),
    };
    let read_all = move || {
        let mut read = Noted::quiet(Vec::new());
        for Text { record, outlet, url } in texts {
            let Noted { output, notes } = rashomon::read::article(&record);
            read.notes.extend(notes);
            if let Some(mut article) = output {
                article.outlet = article.outlet.or(outlet);
                article.url = article.url.or(url);
                read.output.push(article);
            }
        }
        read
    };
    let Noted { output: found, notes } = match collated(read_all, Options::new().one_story(one_story)).await {
        Ok(found) => found,
        Err(problem) => return Ok(form(app, Some(problem.detail().to_owned()), sent)),
    };
    let mut body = String::new();
    let mut alone = 0;
    for (story, collation) in &found.stories {
        if story.articles.len() > 1 && body.is_empty() {
            body = report::story_part(&report::report(&found.corpus, story, collation), &|_| None);
        } else {
            alone += story.articles.len();
        }
    }
    if body.is_empty() {
        return Ok(form(
            app,
            Some(
                "No two of these texts report the same event, as far as can be said with certainty. \
                 If you know that they do, tick the box below."
                    .to_owned(),
            ),
            sent,
        ));
    }
    let more = (alone > 0)
        .then(|| format!("{} not of this event and not compared.", words::count(alone, "text is", "texts are")));
    let noticed = notes.iter().map(|it| story::shown(&it.into())).collect();
    let page = Compared { tools: false, lag: None, news: [], unseen: false, more, body, noticed, atom: None };
    Ok(view::page(app, "story_app", "/compare", "Compared", &page))
}

/// Reads and compares away from the threads that answer.
pub(crate) async fn collated(
    articles: impl FnOnce() -> Noted<Vec<Article>> + Send + 'static,
    options: Options,
) -> Result<Noted<rashomon::Collated>, Problem> {
    let Ok(_place) = COMPARING.try_acquire() else {
        return Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "two comparisons are running; try again in a moment",
        ));
    };
    let work = move || {
        let Noted { output: articles, mut notes } = articles();
        if articles.len() < 2 {
            // One that holds nothing is named: it was meant to be the second.
            let why = notes.iter().find(|it| it.severity == Severity::Omitted);
            let why = why.map(|it| format!("; {}: {}", it.place, it.message)).unwrap_or_default();
            return Err(Problem::bad(format!("two texts at least are needed{why}")));
        }
        if articles.len() > ARTICLES {
            return Err(Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("more than {ARTICLES} articles; put them into a store instead"),
            ));
        }
        let found = rashomon::collate_with(articles, &options);
        notes.extend(found.notes);
        Ok(Noted { output: found.output, notes })
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Problem::bad("these texts could not be compared")))
}

/// A text that is put in, and what is known of it besides.
struct Text {
    record: Record,
    outlet: Option<String>,
    url: Option<String>,
}

type Texts = Vec<Text>;

/// What is to be compared, and whether somebody says that it is of one event.
struct Asked {
    texts: Texts,
    one_story: bool,
}

/// The box of the forms that says so.
const ONE_STORY: &str = "one_story";

fn together(form: &Form) -> bool {
    !form.get(ONE_STORY).is_empty()
}

fn pasted(form: &Form) -> Asked {
    let mut out = Vec::new();
    for n in 1..=20 {
        let text = form.get(&format!("text{n}")).trim();
        if text.is_empty() {
            continue;
        }
        let outlet = form.get(&format!("outlet{n}")).trim();
        let record = Record { place: format!("text {n}"), format: Format::Plain, bytes: text.as_bytes().to_vec() };
        let outlet = if outlet.is_empty() { format!("Text {n}") } else { outlet.chars().take(200).collect() };
        out.push(Text { record, outlet: Some(outlet), url: None });
    }
    Asked { texts: out, one_story: together(form) }
}

async fn dropped(app: &Arc<App>, request: Request) -> Result<Asked, Problem> {
    let broken = |_| Problem::bad("the files did not come whole");
    let mut parts =
        Multipart::from_request(request, &()).await.map_err(|_| Problem::bad("the files did not come whole"))?;
    let (mut out, mut one_story) = (Vec::new(), false);
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        if part.name() == Some(ONE_STORY) {
            one_story = true;
            continue;
        }
        let name = part.file_name().unwrap_or("file").rsplit(['/', '\\']).next().unwrap_or("file").to_owned();
        let bytes = part.bytes().await.map_err(broken)?;
        let inputs = app.inputs.clone();
        let read = tokio::task::spawn_blocking(move || inputs.in_file(bytes.to_vec(), &name, ARTICLES + 1));
        let found = read.await.map_err(|_| Problem::bad("a file could not be read"))?.map_err(Problem::bad)?;
        out.extend(found.into_iter().map(|record| Text { record, outlet: None, url: None }));
        if out.len() > ARTICLES {
            break;
        }
    }
    Ok(Asked { texts: out, one_story })
}

/// The page that is open in somebody's browser. The key only lets a page be added.
pub(super) async fn capture(State(app): State<Arc<App>>, body: Sent) -> Shown {
    let form = Form::new(&body);
    if !app.guard.is_capture_key(form.get("key")) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "the bookmark is of another start of this server; make it anew on the page Compare",
        ));
    }
    let url = form.needed("url", 4000)?;
    if words::safe(&url).is_none() {
        return Err(Problem::bad("only pages of the web can be kept"));
    }
    let html = form.needed("html", crate::guard::BODY)?;
    let added = app.write(move |store| crate::keep::page(store, &url, html.into_bytes(), now())).await?;
    app.regroup();
    let Some(article) = added else { return Err(Problem::bad("no article was found in that page")) };
    let mut it = view::back(&words::article(&article, None, None))?.into_response();
    it.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(it)
}

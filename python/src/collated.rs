//! `collate`: the comparison as JSON, and everything it is shown as.

use crate::each::all;
use crate::input::Input;
use crate::work::{PlainNote, plain, working};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rashomon::Options;
use rashomon::lineage::Owners;
use rashomon::model::{Article, Note, Noted};
use rashomon::report::{self, Look, Report};
use rashomon::wire;
use std::sync::{Arc, OnceLock};

/// A comparison: what it says as JSON, and its pages.
#[pyclass(frozen, module = "rashomon")]
pub(crate) struct Collated {
    json: String,
    notes: Vec<Note>,
    options: Options,
    /// The findings themselves; made again where only JSON is at hand, which gives the same.
    found: OnceLock<Arc<rashomon::Collated>>,
}

/// Compares articles; with the number of articles that were read, and what there is to say.
#[pyfunction]
#[pyo3(signature = (sources, owners, one_story, threads, progress))]
pub(crate) fn collate(
    py: Python<'_>,
    sources: &Bound<'_, PyAny>,
    owners: Option<&str>,
    one_story: bool,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Collated, usize, Vec<PlainNote>)> {
    let inputs = Input::all(sources)?;
    let owners = owners
        .map(|it| Owners::parse(it).map_err(|(line, what)| PyValueError::new_err(format!("owners:{line}: {what}"))));
    let options = Options::new().one_story(one_story);
    let options = match owners.transpose()? {
        Some(owners) => options.owners(owners),
        None => options,
    };
    working(py, threads, progress, move |watch| {
        watch.doing("reading");
        let Noted { output, mut notes } = all(inputs, watch);
        let count = output.len();
        watch.doing("comparing");
        let found = rashomon::collate_with(output, &options);
        notes.extend(found.notes);
        let found = found.output;
        let json = report::collation_json(&found.corpus, &found.stories);
        let it = Collated { json, notes: notes.clone(), options, found: OnceLock::from(Arc::new(found)) };
        (it, count, plain(notes))
    })
}

impl Collated {
    fn reports(&self, story: Option<&str>) -> PyResult<Vec<Report>> {
        let read =
            wire::Collation::from_json(self.json.as_bytes()).map_err(|e| PyValueError::new_err(e.to_string()))?;
        let asked = read.stories.iter().filter(|it| story.is_none_or(|id| it.id == id));
        let reports: Option<Vec<Report>> = asked.map(|it| report::kept(&read.articles, it)).collect();
        let reports = reports.filter(|it| story.is_none() || !it.is_empty());
        reports.ok_or_else(|| PyValueError::new_err("no such story in this comparison"))
    }

    fn found(&self) -> PyResult<Arc<rashomon::Collated>> {
        if let Some(it) = self.found.get() {
            return Ok(Arc::clone(it));
        }
        let broken = |e: wire::Error| PyValueError::new_err(e.to_string());
        let read = wire::Collation::from_json(self.json.as_bytes()).map_err(broken)?;
        let articles: Result<Vec<Article>, _> = read.articles.into_iter().map(wire::Article::into_model).collect();
        let found = rashomon::collate_with(articles.map_err(broken)?, &self.options).output;
        Ok(Arc::clone(self.found.get_or_init(|| Arc::new(found))))
    }
}

#[pymethods]
impl Collated {
    /// The comparison that `json` holds.
    #[new]
    fn new(json: String) -> PyResult<Self> {
        let read = wire::Collation::from_json(json.as_bytes()).map_err(|e| PyValueError::new_err(e.to_string()))?;
        // What is one story there is one when it is made again, whether grouping found it or somebody said so.
        let options = Options::new().one_story(read.stories.len() == 1);
        Ok(Self { json, notes: Vec::new(), options, found: OnceLock::new() })
    }

    fn json(&self) -> &str {
        &self.json
    }

    #[pyo3(signature = (story = None))]
    fn html(&self, py: Python<'_>, story: Option<&str>) -> PyResult<String> {
        py.detach(|| Ok(report::html(&self.reports(story)?, &self.notes)))
    }

    #[pyo3(signature = (evidence, story = None))]
    fn markdown(&self, py: Python<'_>, evidence: bool, story: Option<&str>) -> PyResult<String> {
        py.detach(|| Ok(report::markdown(&self.reports(story)?, &self.notes, evidence)))
    }

    #[pyo3(signature = (width, evidence, story = None))]
    fn text(&self, py: Python<'_>, width: usize, evidence: bool, story: Option<&str>) -> PyResult<String> {
        let look = Look { width, color: false, evidence };
        py.detach(|| Ok(report::text(&self.reports(story)?, &self.notes, look)))
    }

    /// In the form of others: `annotations`, `jsonld`, `tei`, `csv` or `ninjs`.
    fn interchange(&self, py: Python<'_>, form: &str) -> PyResult<String> {
        py.detach(|| {
            let read =
                wire::Collation::from_json(self.json.as_bytes()).map_err(|e| PyValueError::new_err(e.to_string()))?;
            match form {
                "annotations" => Ok(report::annotations(&read)),
                "jsonld" => Ok(report::schema_org(&read)),
                "tei" => Ok(report::tei(&read)),
                "csv" => Ok(report::csv(&read)),
                "ninjs" => Ok(report::ninjs(&read)),
                _ => Err(PyValueError::new_err(format!("{form} is no form of interchange"))),
            }
        })
    }

    fn graphml(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.found().map(|it| report::graphml(&it.corpus, &it.stories)))
    }

    fn prov_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.found().map(|it| report::prov_json(&it.corpus, &it.stories)))
    }
}

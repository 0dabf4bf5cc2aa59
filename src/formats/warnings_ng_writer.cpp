// SPDX-License-Identifier: Apache-2.0
#include "formats/warnings_ng_writer.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "formats/finding_text.hpp"
#include "formats/json_writer.hpp"

// Members as io.jenkins.plugins.analysis.core.restapi.IssueApi names them and JsonBaseParser of
// analysis-model reads them. That reader drops issues that are equal in everything but their
// fingerprint, hence the id in additionalProperties.

namespace patchbot {
namespace {

constexpr std::size_t max_text = 2000;

// A waived finding stays visible but must not trip a quality gate. What nobody rated gets the
// severity that the plugin gives to issues without one.
std::string_view severity_of(const Finding& f) {
  if (f.waiver) return "LOW";
  switch (f.severity) {
    case Severity::critical: return "ERROR";
    case Severity::high: return "HIGH";
    case Severity::medium:
    case Severity::unknown: return "NORMAL";
    case Severity::low:
    case Severity::info: break;
  }
  return "LOW";
}

// The plugin shows the last part of the name, looks for the file in the workspace, and would copy
// one that is there: so the name is one that no source file has.
std::string file_name(const Finding& f) {
  std::string name = "asset";
  for (const std::string_view part : split(f.asset.id.empty() ? asset_name(f) : f.asset.id, '/')) {
    if (!part.empty() && part != "." && part != "..") name += "/" + short_line(part, 200);
  }
  return name;
}

std::string html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

class Description {
 public:
  void row(std::string_view name, std::string_view value) {
    const std::string line = short_line(value, max_text);
    if (!line.empty()) rows_ += fmt::format("<li><b>{}</b>: {}</li>", name, html(line));
  }
  void links(const std::vector<std::string>& addresses) {
    for (const std::string& address : addresses) {
      const std::string safe = html(address);
      rows_ += fmt::format("<li><a href=\"{}\" rel=\"nofollow noopener\">{}</a></li>", safe, safe);
    }
  }
  std::string with(std::string_view before, std::string_view evidence) const {
    std::string text;
    if (!before.empty()) text = fmt::format("<p>{}</p>", html(short_line(before, max_text)));
    text += "<ul>" + rows_ + "</ul>";
    if (!evidence.empty())
      text += fmt::format("<pre>{}</pre>", html(short_text(evidence, max_text)));
    return text;
  }

 private:
  std::string rows_;
};

std::string epss_text(const Finding& f) {
  return f.epss ? fmt::format("{:.2f} %", f.epss->score * 100) : "";
}

std::string cvss_text(const Finding& f) {
  const Cvss* const cvss = leading_cvss(f);
  return cvss ? fmt::format("{} (version {}) {}", *cvss->score, cvss->version, cvss->vector) : "";
}

std::string kev_text(const Finding& f) {
  if (!f.kev) return {};
  return f.kev->due ? "listed, due " + to_date_text(*f.kev->due) : "listed";
}

std::string description_of(const Finding& f, Evidence evidence) {
  Description text;
  text.row("Severity", to_text(f.severity));
  text.row("Gate", f.gate.level == GateLevel::none ? "" : to_text(f.gate.level));
  text.row("Waiver", waiver_text(f));
  text.row("Asset", f.asset.id);
  text.row("Address", f.asset.address);
  text.row("Team", f.team);
  text.row("Environment", f.environment);
  text.row("Vulnerabilities", id_list(f, 50));
  text.row("Package", f.location.package);
  text.row("Installed", f.location.installed);
  text.row("Path", f.location.path);
  text.row("Fixed in", fmt::format("{}", fmt::join(f.fix.versions, ", ")));
  text.row("Solution", f.fix.solution);
  text.row("CVSS", cvss_text(f));
  text.row("EPSS", epss_text(f));
  text.row("Known exploited", kev_text(f));
  text.row("The scanner says", f.source_status);
  text.row("Benchmark", f.check_list);
  text.links(web_addresses(f, 10));
  return text.with(f.synopsis, evidence == Evidence::keep ? std::string_view(f.evidence) : "");
}

std::string message_of(const Finding& f) {
  std::string message = headline(f);
  if (f.severity == Severity::unknown) message += "; severity unknown";
  return f.waiver ? "[" + waiver_text(f) + "] " + message : message;
}

void append_issue(std::string& out, const Finding& f, Evidence evidence) {
  JsonWriter json(out);
  const std::string id = f.id.hex();
  json.open_object()
      .member("fileName", file_name(f))
      .member("severity", severity_of(f))
      .member("category", to_text(f.kind))
      .member("type", rule_name(f))
      .member("message", message_of(f))
      .member("description", description_of(f, evidence))
      .member_if("moduleName", short_line(f.team, 200))
      .member_if("packageName", short_line(f.location.package, 200))
      .member("fingerprint", id)
      .member("additionalProperties", id)
      .close_object();
}

}  // namespace

void WarningsNgWriter::begin(std::string& out) {
  if (form_ == Form::document) {
    out += "{\"_class\":\"io.jenkins.plugins.analysis.core.restapi.ReportApi\",\"issues\":[";
  }
}

void WarningsNgWriter::add(std::string& out, const Finding& finding) {
  if (!is_weakness(finding)) {
    ++left_out_;
    return;
  }
  if (form_ == Form::document) out += size_ == 0 ? "\n" : ",\n";
  append_issue(out, finding, evidence_);
  if (form_ == Form::lines) out += '\n';
  ++size_;
}

void WarningsNgWriter::end(std::string& out, const std::vector<std::string>&) {
  if (form_ == Form::document) out += fmt::format("\n],\"size\":{}}}\n", size_);
}

WriterNotes WarningsNgWriter::notes() const {
  if (left_out_ == 0) return {};
  return {{fmt::format("{} findings left out: {}", left_out_, no_weakness)}, {}};
}

}  // namespace patchbot

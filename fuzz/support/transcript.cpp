// SPDX-License-Identifier: Apache-2.0
#include "support/transcript.hpp"

#include <algorithm>

#include "base/byte_source.hpp"
#include "formats/finding_json.hpp"
#include "formats/nessus_csv.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

void add(std::string& line, std::string_view name, std::string_view value) {
  line.append(" ").append(name).append("='").append(value).append("'");
}

void add(std::string& line, std::string_view name, const std::vector<std::string>& values) {
  for (const std::string& value : values) add(line, name, value);
}

std::string to_line(std::string_view event, const ScannedHost& host) {
  std::string line(event);
  add(line, "name", host.name);
  add(line, "address", host.address);
  add(line, "instance", host.instance);
  add(line, "alias", host.aliases);
  if (host.authenticated) line += *host.authenticated ? " authenticated" : " unauthenticated";
  if (host.finished == false) line += " unfinished";
  if (host.seen_at) add(line, "seen", std::to_string(host.seen_at->time_since_epoch().count()));
  return line;
}

std::string to_line(const ScanFacts& facts) {
  std::string line = "facts";
  add(line, "target", facts.targets);
  add(line, "problem", facts.problems);
  add(line, "limit", facts.limits);
  add(line, "remark", facts.remarks);
  return line;
}

// Every field, also those that no finding shows.
std::string to_line(const NessusItem& item) {
  std::string line = "item";
  const auto put = [&](std::string_view name, std::string_view raw) {
    add(line, name, item.text(raw));
  };
  put("port", item.port);
  put("svc_name", item.service);
  put("protocol", item.protocol);
  put("severity", item.severity);
  put("pluginID", item.plugin_id);
  put("pluginName", item.plugin_name);
  put("pluginFamily", item.plugin_family);
  if (item.known_fields != nullptr) {
    for (const NessusField& field : *item.known_fields) put(field.name, field.value);
  }
  for (const NessusField& field : item.fields) put(field.name, field.value);
  return line;
}

// The brief, which may be read before the rest, and the finding must agree.
std::string to_line(const Report& report) {
  const Brief brief = report.brief();
  Finding finding;
  report.fill(finding);
  require(brief.severity == finding.severity, "brief and finding name one severity");
  require(brief.check_result == finding.check_result, "brief and finding name one result");
  require(brief.fixed == (finding.status == Status::fixed), "brief and finding name one status");
  require_clean(finding.title, "a title");
  require_clean(finding.native_id, "a native id");
  require_clean(finding.location.package, "a package");
  require_clean(finding.location.path, "a path");
  require_clean(finding.evidence, "evidence");
  std::string line;
  append_finding_line(line, finding, Evidence::keep);
  return line;
}

template <class Reader, class ToItem>
Transcript transcribe(Reader& reader, const ToItem& to_item) {
  Transcript result;
  try {
    for (;;) {
      const Report::Event event = reader.next();
      require(event != Report::Event::finding || !result.events.empty(), "a host comes first");
      if (event == Report::Event::host) result.events.push_back(to_line("host", reader.host()));
      if (event == Report::Event::host_end) {
        result.events.push_back(to_line("host end", reader.host()));
      }
      if (event == Report::Event::finding) {
        result.events.push_back(to_item(reader));
        result.events.push_back(to_line(static_cast<const Report&>(reader)));
      }
      if (event == Report::Event::end) break;
    }
    result.events.push_back(to_line(reader.facts()));
  } catch (const Error& error) {
    result.failure = describe(error);
  }
  return result;
}

}  // namespace

Transcript transcribe_xml(std::string_view text, const NessusXml::Tuning& tuning) {
  const auto source = memory_source(text);
  NessusXml reader(*source, {}, tuning);
  return transcribe(reader, [](const NessusXml& r) { return to_line(r.item()); });
}

Transcript transcribe_csv(std::string_view text, std::size_t chunk) {
  const auto source = memory_source(text);
  NessusCsv reader(*source, {}, chunk);
  return transcribe(reader, [](const NessusCsv& r) { return to_line("of", r.host()); });
}

Transcript transcribe_records(std::string_view text,
                              const RecordFormat& format,
                              std::size_t chunk) {
  const auto source = memory_source(text);
  RecordReport reader(*source, format, chunk);
  return transcribe(reader, [](const RecordReport& r) {
    const Brief brief = r.brief();
    Finding finding;
    r.fill(finding);
    require(brief.native_id == finding.native_id, "brief and finding name one id");
    require(brief.check_result == CheckResult::none || brief.check == finding.location.check,
            "brief and finding name one check");
    return to_line("of", r.host());
  });
}

std::string difference(const Transcript& a, const Transcript& b) {
  const auto [x, y] =
      std::mismatch(a.events.begin(), a.events.end(), b.events.begin(), b.events.end());
  const std::string left = x == a.events.end() ? "(end)" : *x;
  const std::string right = y == b.events.end() ? "(end)" : *y;
  return "event " + std::to_string(x - a.events.begin()) + "\n  " + left + "\n  " + right +
         "\nfailure\n  " + a.failure + "\n  " + b.failure;
}

}  // namespace patchbot::fuzz

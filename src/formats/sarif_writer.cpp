// SPDX-License-Identifier: Apache-2.0
#include "formats/sarif_writer.hpp"

#include <fmt/format.h>

#include "formats/finding_text.hpp"
#include "formats/sarif_result.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_notifications = 100;
constexpr std::size_t max_problem = 1000;

// Whoever reads no alert must be able to see that the scan did not tell everything.
void write_invocation(std::string& out, const std::vector<std::string>& problems) {
  JsonWriter json(out);
  out += ",\"invocations\":";
  json.open_array().open_object().key("executionSuccessful").boolean(problems.empty());
  if (!problems.empty()) json.key("toolExecutionNotifications").open_array();
  for (std::size_t i = 0; i < problems.size() && i < max_notifications; ++i) {
    json.open_object().member("level", "error").key("message").open_object();
    json.member("text", to_sarif_message(short_line(problems[i], max_problem)));
    json.close_object().close_object();
  }
  if (!problems.empty()) json.close_array();
  json.close_object().close_array();
}

}  // namespace

void SarifWriter::begin(std::string& out) {
  out +=
      "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
      "sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[";
  open_run(out);
}

// GitHub refuses a file with two runs of one tool and category. The first run has the category that
// the uploader gives; the further ones have their own, the same each week.
void SarifWriter::open_run(std::string& out) {
  ++runs_;
  results_ = 0;
  rules_.clear();
  out += runs_ == 1 ? "\n{" : ",\n{";
  if (runs_ > 1) out += fmt::format("\"automationDetails\":{{\"id\":\"patchbot/{}/\"}},", runs_);
  out += "\"results\":[";
}

void SarifWriter::close_run(std::string& out) {
  out += "\n],\"tool\":";
  JsonWriter json(out);
  json.open_object().key("driver").open_object().member("name", "PatchBot");
  json.member_if("version", version_);
  rules_.append(json, out);
  json.close_object().close_object();
}

void SarifWriter::add(std::string& out, const Finding& finding) {
  if (!is_weakness(finding)) {
    ++left_out_;
    return;
  }
  if (too_many_ > 0 || (results_ == limits_.results && runs_ == limits_.runs)) {
    ++too_many_;
    return;
  }
  const std::size_t before = out.size();
  if (results_ == limits_.results) {
    close_run(out);
    out += '}';
    open_run(out);
  }
  const std::string name = rule_name(finding);
  out += results_++ == 0 ? "\n" : ",\n";
  append_sarif_result(out, finding, {name, rules_.index_of(finding, name)}, evidence_);
  bytes_ += out.size() - before;
}

void SarifWriter::end(std::string& out, const std::vector<std::string>& problems) {
  close_run(out);
  write_invocation(out, problems);
  out += "}\n]}\n";
}

WriterNotes SarifWriter::notes() const {
  constexpr std::string_view advice = "raise --min-severity or write a file per report";
  WriterNotes notes;
  if (left_out_ != 0) {
    notes.remarks.push_back(fmt::format("{} findings left out: {}", left_out_, no_weakness));
  }
  if (too_many_ != 0) {
    notes.losses.push_back(
        fmt::format("{} findings left out: GitHub takes {} runs of {} results; {}",
                    too_many_,
                    limits_.runs,
                    limits_.results,
                    advice));
  }
  if (bytes_ > big_file) {
    notes.losses.push_back(
        fmt::format("{} MB before compression, and GitHub takes 10 MB after it; {}",
                    bytes_ / 1'000'000,
                    advice));
  }
  return notes;
}

}  // namespace patchbot

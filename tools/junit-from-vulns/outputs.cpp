// SPDX-License-Identifier: Apache-2.0
#include "outputs.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "formats/findings_csv.hpp"
#include "formats/ocsf_writer.hpp"
#include "formats/sarif_writer.hpp"
#include "formats/warnings_ng_writer.hpp"

namespace patchbot {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} * 1024;

// The plugin goes by the name: what is called *.xml it reads as XML.
WarningsNgWriter::Form issues_form(const std::string& path) {
  if (path.ends_with(".xml")) {
    throw Error(Blame::usage,
                "--issues " + clean_line(path) + ": Jenkins would read it as XML; call it *.json");
  }
  const bool document = path == "-" || path.ends_with(".json");
  return document ? WarningsNgWriter::Form::document : WarningsNgWriter::Form::lines;
}

}  // namespace

Outputs::Outputs(const JunitFromVulns& flags, Evidence evidence, cli::World& world)
    : out_(world.out) {
  const std::string version(world.version);
  open("--sarif", flags.sarif, std::make_unique<SarifWriter>(version, evidence));
  open("--issues",
       flags.issues,
       std::make_unique<WarningsNgWriter>(issues_form(flags.issues), evidence));
  open("--ocsf", flags.ocsf, std::make_unique<OcsfWriter>(version, world.now, evidence));
  open("--csv", flags.csv, std::make_unique<FindingsCsv>(evidence));
}

void Outputs::open(std::string_view flag,
                   const std::string& path,
                   std::unique_ptr<FindingWriter> writer) {
  if (path.empty()) return;
  auto file = path == "-" ? nullptr : std::make_unique<AtomicFile>(path);
  outputs_.push_back({std::string(flag), std::move(writer), std::move(file), {}});
  outputs_.back().writer->begin(outputs_.back().text);
}

void Outputs::add(const Finding& finding) {
  for (Output& output : outputs_) {
    output.writer->add(output.text, finding);
    if (output.text.size() >= buffer_bytes) flush(output);
  }
}

void Outputs::flush(Output& output) {
  if (output.file) {
    output.file->write(output.text);
  } else {
    out_ << output.text;
  }
  output.text.clear();
}

WriterNotes Outputs::finish(const std::vector<std::string>& problems) {
  WriterNotes all;
  for (Output& output : outputs_) {
    output.writer->end(output.text, problems);
    flush(output);
    if (output.file) output.file->commit();
    const WriterNotes notes = output.writer->notes();
    for (const auto& line : notes.remarks) all.remarks.push_back(output.flag + ": " + line);
    for (const auto& line : notes.losses) all.losses.push_back(output.flag + ": " + line);
  }
  return all;
}

}  // namespace patchbot

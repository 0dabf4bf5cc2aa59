// SPDX-License-Identifier: Apache-2.0
#include "finding_lines.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/error.hpp"
#include "formats/json_writer.hpp"

namespace patchbot {
namespace {

[[noreturn]] void fail(const char* what) {
  throw Error(Blame::usage,
              std::string("temporary file cannot be ") + what + ": " + std::strerror(errno) +
                  " (is there room in $TMPDIR or /tmp?)");
}

// Every line ends with the bracket of its object and a line feed; links go in before these.
std::string with_links(const std::string& line, const std::vector<Digest>& links) {
  if (links.empty()) return line;
  std::string whole = line.substr(0, line.size() - 2);
  whole += ",\"related\":";
  JsonWriter json(whole);
  json.open_array();
  for (const Digest& id : links) json.text(id.hex());
  json.close_array();
  return whole + "}\n";
}

}  // namespace

FindingLines::FindingLines(std::string path, Evidence evidence, std::ostream& out)
    : path_(std::move(path)), evidence_(evidence), out_(out) {
  if (!wanted()) return;
  if (path_ != "-") file_ = std::make_unique<AtomicFile>(path_);
  spool_ = open_unnamed_file();
}

// The id stands before its line, in two numbers, so that it need not be read out of JSON.
void FindingLines::add(const Finding& finding) {
  line_.clear();
  append_finding_line(line_, finding, evidence_);
  const std::uint64_t size = line_.size();
  const bool written = std::fwrite(&finding.id, sizeof finding.id, 1, spool_.get()) == 1 &&
                       std::fwrite(&size, sizeof size, 1, spool_.get()) == 1 &&
                       std::fwrite(line_.data(), 1, line_.size(), spool_.get()) == line_.size();
  if (!written) fail("written");
  related_.add(finding);
}

void FindingLines::each_line(const std::function<void(const std::string&)>& visit) {
  if (std::fflush(spool_.get()) != 0) fail("written");
  std::rewind(spool_.get());
  Digest id;
  std::uint64_t size = 0;
  while (std::fread(&id, sizeof id, 1, spool_.get()) == 1) {
    if (std::fread(&size, sizeof size, 1, spool_.get()) != 1) fail("read");
    line_.resize(size);
    if (std::fread(line_.data(), 1, size, spool_.get()) != size) fail("read");
    visit(with_links(line_, related_.of(id)));
  }
  if (std::ferror(spool_.get()) != 0) fail("read");
}

void FindingLines::finish() {
  if (!wanted()) return;
  related_.link();
  if (file_ == nullptr) {
    each_line([this](const std::string& line) { out_ << line; });
    return;
  }
  each_line([this](const std::string& line) { file_->write(line); });
  file_->commit();
}

}  // namespace patchbot

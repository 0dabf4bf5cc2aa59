// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "compare.hpp"

namespace patchbot::differential {
namespace {

namespace fs = std::filesystem;

using Row = std::map<std::string, std::string>;

fs::path corpus() {
  const char* const folder = std::getenv("PATCHBOT_CORPUS");
  return fs::path(folder == nullptr ? PATCHBOT_CORPUS_DEFAULT : folder) / "nessus";
}

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The files that INDEX.tsv calls well-formed version 2 reports or their hosts.
std::vector<Row> indexed_files() {
  std::vector<Row> rows;
  std::istringstream index(contents(corpus() / "INDEX.tsv"));
  std::string line;
  std::getline(index, line);
  const std::string header = line;
  while (std::getline(index, line)) {
    Row row;
    const auto names = split(header, '\t');
    const auto cells = split(line, '\t');
    for (std::size_t i = 0; i < names.size() && i < cells.size(); ++i)
      row.emplace(names[i], cells[i]);
    const bool root = row["root"] == "NessusClientData_v2" || row["root"] == "ReportHost";
    if (root && row["wellformed"] == "yes") rows.push_back(row);
  }
  return rows;
}

// By the severity attribute of every record, whatever PatchBot makes of it.
std::array<std::size_t, 5> severities(const std::vector<SeenItem>& items) {
  std::array<std::size_t, 5> counts{};
  for (const SeenItem& item : items)
    ++counts.at(static_cast<std::size_t>(std::stoul(item.attributes[3])));
  return counts;
}

/// What the finding of each record says: counts by severity and every CVE.
struct Findings {
  std::array<std::size_t, 5> by_severity{};
  std::vector<SeenItem> compliance;
};

void expect_all_cves(const NessusXml& reader, const Finding& finding) {
  std::vector<std::string> missing;
  const auto look = [&](const NessusField& field) {
    if (field.name != "cve") return;
    const std::string id = clean_line(reader.item().text(field.value));
    const auto& ids = finding.vuln_ids;
    if (!id.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) missing.push_back(id);
  };
  if (reader.item().known_fields != nullptr) {
    for (const NessusField& field : *reader.item().known_fields) look(field);
  }
  for (const NessusField& field : reader.item().fields) look(field);
  EXPECT_EQ(missing, std::vector<std::string>());
}

Findings read_findings(std::string_view text) {
  const auto source = memory_source(text);
  NessusXml reader(*source, {});
  Findings result;
  Finding finding;
  for (auto event = reader.next(); event != Report::Event::end; event = reader.next()) {
    if (event != Report::Event::finding) continue;
    reader.fill(finding);
    expect_all_cves(reader, finding);
    if (finding.kind == Kind::compliance) {
      result.compliance.push_back({"", {"", "", "", std::string(reader.item().severity)}, {}});
    } else {
      ++result.by_severity.at(static_cast<std::size_t>(finding.severity) - 1);
    }
  }
  return result;
}

class Corpus : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(corpus() / "INDEX.tsv")) {
      GTEST_SKIP() << "SKIPPED: no corpus at " << corpus() << "; set PATCHBOT_CORPUS";
    }
    rows_ = indexed_files();
    ASSERT_FALSE(rows_.empty());
  }

  std::vector<Row> rows_;
};

TEST_F(Corpus, IsReadAsTinyxml2ReadsIt) {
  for (const Row& row : rows_) {
    SCOPED_TRACE(row.at("file"));
    const std::string text = contents(corpus() / row.at("file"));
    const Reading expected = read_with_tinyxml2(text);
    EXPECT_EQ(std::to_string(expected.items.size() + expected.open_ports.size()),
              row.at("report_items"));
    for (const NessusXml::Tuning tuning :
         {NessusXml::Tuning{}, {64, true}, {5000, false}, {262144, false}}) {
      SCOPED_TRACE(tuning.chunk);
      expect_same(read_with_patchbot(text, tuning), {expected.hosts, expected.items, {}});
    }
  }
}

TEST_F(Corpus, SeveritiesAreThoseOfTheIndex) {
  for (const Row& row : rows_) {
    SCOPED_TRACE(row.at("file"));
    const std::string text = contents(corpus() / row.at("file"));
    const Findings findings = read_findings(text);
    const auto open_ports = severities(read_with_tinyxml2(text).open_ports);
    const auto compliance = severities(findings.compliance);
    for (std::size_t i = 0; i < 5; ++i) {
      EXPECT_EQ(std::to_string(findings.by_severity[i] + open_ports[i] + compliance[i]),
                row.at("sev" + std::to_string(i)));
    }
  }
}

}  // namespace
}  // namespace patchbot::differential

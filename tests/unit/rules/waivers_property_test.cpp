// SPDX-License-Identifier: Apache-2.0
// What must hold of waivers whatever they match, on findings and waivers made by chance.
#include <gtest/gtest.h>

#include <random>

#include "rules/waivers.hpp"

namespace patchbot {
namespace {

const Time now = parse_rfc3339("2026-11-23T12:00:00Z").value();
const Date today = std::chrono::floor<std::chrono::days>(now);

// Few words, so that much of what is made by chance matches.
class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::string word() { return one_in(4) ? "*" : std::string(1, static_cast<char>('a' + below(3))); }
  std::string cve() { return "CVE-2026-" + std::to_string(below(3)); }

  std::vector<std::string> words() {
    std::vector<std::string> list;
    while (one_in(2)) list.push_back(word());
    return list;
  }

  Date day() { return today + std::chrono::days(static_cast<int>(below(7)) - 3); }

  Finding finding() {
    Finding f;
    f.native_id = word();
    for (std::size_t i = below(3); i > 0; --i) f.vuln_ids.push_back(cve());
    f.location.package = word();
    f.location.installed = one_in(2) ? "1" : "2";
    f.asset.id = word();
    f.asset.name = word();
    f.team = word();
    return f;
  }

  WaiverMatch match() {
    WaiverMatch match{.id = words(), .package = words(), .asset = words(), .team = words()};
    if (one_in(2)) match.cve = {one_in(3) ? "*" : cve()};
    return match;
  }

  Waiver waiver() {
    Waiver w;
    w.id = "w" + std::to_string(below(1000000));
    w.expires = day();
    w.match = match();
    return w;
  }

  VexWaiver vex() {
    VexWaiver w;
    w.id = "v" + std::to_string(below(1000000));
    w.reason = "r";
    w.expires = day();
    if (one_in(2)) w.match.team = words();
    w.runs_on = words();
    w.document.products = {{"p", {}, word(), one_in(2) ? "1" : "", one_in(5)},
                           {"q", {*parse_purl("pkg:deb/d/" + word())}, "", "", false}};
    for (std::size_t i = 0; i < 4; ++i) {
      VexStatement statement;
      statement.vulnerability = {cve()};
      statement.status = static_cast<VexStatus>(below(4));
      statement.word = "word";
      if (!one_in(4)) statement.time = now - std::chrono::hours(below(5));
      statement.subjects = {{below(2), {}}};
      if (one_in(3)) statement.subjects[0].component = below(2);
      w.document.statements.push_back(statement);
    }
    return w;
  }

  WaiverFile file() {
    WaiverFile file;
    for (std::size_t i = below(4); i > 0; --i) file.waivers.push_back(waiver());
    for (std::size_t i = below(4); i > 0; --i) file.vex.push_back(vex());
    return file;
  }

 private:
  std::mt19937 random_;
};

template <class Visit>
void each_acceptance(WaiverFile& file, const Visit& visit) {
  for (Waiver& waiver : file.waivers) visit(waiver);
  for (VexWaiver& waiver : file.vex) visit(waiver);
}

TEST(WaiversProperty, WhatHasExpiredNeverWaives) {
  std::size_t waived = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    Chance chance(seed);
    Waivers waivers(chance.file(), now);
    for (int i = 0; i < 5; ++i) {
      const auto note = waivers.find(chance.finding());
      if (!note) continue;
      ++waived;
      ASSERT_GE(note->expires, today) << "seed " << seed;
    }
  }
  EXPECT_GT(waived, 1000U);  // else nothing was tried
}

TEST(WaiversProperty, AFileOfExpiredWaiversWaivesNothing) {
  for (unsigned seed = 0; seed < 4000; ++seed) {
    Chance chance(seed);
    WaiverFile file = chance.file();
    each_acceptance(file, [&](Acceptance& waiver) {
      waiver.expires = today - std::chrono::days(1 + static_cast<int>(chance.below(3)));
    });
    Waivers waivers(file, now);
    for (int i = 0; i < 5; ++i) ASSERT_FALSE(waivers.find(chance.finding())) << "seed " << seed;
  }
}

TEST(WaiversProperty, ExpiredWaiversChangeNothingForTheOthersUnlessTheyTakeAWordBack) {
  for (unsigned seed = 0; seed < 4000; ++seed) {
    Chance chance(seed);
    WaiverFile file = chance.file();
    WaiverFile valid = file;
    std::erase_if(valid.waivers, [](const Waiver& w) { return w.expires < today; });
    std::erase_if(valid.vex, [](const VexWaiver& w) { return w.expires < today; });
    Waivers all(file, now);
    Waivers some(valid, now);
    for (int i = 0; i < 5; ++i) {
      const Finding finding = chance.finding();
      ASSERT_LE(all.find(finding).has_value(), some.find(finding).has_value()) << "seed " << seed;
    }
  }
}

TEST(WaiversProperty, AnotherHarmfulWordNeverWaivesMore) {
  for (unsigned seed = 0; seed < 4000; ++seed) {
    Chance chance(seed);
    WaiverFile file = chance.file();
    if (file.vex.empty()) continue;
    WaiverFile worse = file;
    VexStatement statement = chance.vex().document.statements[0];
    statement.status = VexStatus::affected;
    worse.vex[0].document.statements.push_back(statement);
    Waivers before(file, now);
    Waivers after(worse, now);
    for (int i = 0; i < 5; ++i) {
      const Finding finding = chance.finding();
      ASSERT_LE(after.find(finding).has_value(), before.find(finding).has_value())
          << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace patchbot

// SPDX-License-Identifier: Apache-2.0
#include "feed_source.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/parse_file.hpp"
#include "formats/compressed.hpp"
#include "formats/feeds/epss.hpp"
#include "formats/feeds/kev.hpp"
#include "formats/feeds/ssvc.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_packed = std::size_t{1024} * 1024 * 1024;
constexpr std::size_t max_unpacked = std::size_t{256} * 1024 * 1024;

constexpr std::string_view kev_mirror =
    "https://raw.githubusercontent.com/cisagov/kev-data/HEAD/known_exploited_vulnerabilities.json";

std::string dated_epss(Time time) {
  return "https://epss.empiricalsecurity.com/epss_scores-" +
         to_date_text(std::chrono::floor<std::chrono::days>(time)) + ".csv.gz";
}

FeedTable parse_single(FeedKind kind, std::string_view text) {
  return kind == FeedKind::kev ? to_table(parse_kev(text)) : to_table(parse_epss(text));
}

// A clone of Vulnrichment holds other JSON, too.
bool is_cve_record(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  return name.starts_with("CVE-") && name.ends_with(".json");
}

void add_to(SsvcReader& reader, ByteSource& source, const std::string& name) {
  try {
    reader.add(read_all(source, max_unpacked));
  } catch (const Error& error) {
    throw error.in(name);
  }
}

FeedTable parse_ssvc_members(Members& members) {
  SsvcReader reader;
  std::size_t count = 0;
  for (Member member = members.next(); member.source; member = members.next()) {
    if (member.name.empty()) {
      reader.add(read_all(*member.source, max_unpacked));
    } else if (is_cve_record(member.name)) {
      add_to(reader, *member.source, member.name);
    } else {
      member.source.reset();
      continue;
    }
    ++count;
    member.source.reset();  // an archive has one open member at a time
  }
  if (count == 0) throw Error(Blame::input, "the archive holds no CVE-....json");
  return to_table(reader.finish());
}

FeedTable read_ssvc_folder(const std::string& folder) {
  SsvcReader reader;
  std::error_code error;
  auto entry = fs::recursive_directory_iterator(folder, error);
  for (; !error && entry != fs::end(entry); entry.increment(error)) {
    const std::string path = entry->path().string();
    if (is_cve_record(path)) add_to(reader, *open_file(path), clean_line(path));
  }
  if (error) throw Error(Blame::input, error.message());
  return to_table(reader.finish());
}

}  // namespace

std::vector<std::string> places_of(const std::string& given, Time now) {
  std::vector<std::string> places{given};
  if (given == default_kev) places.emplace_back(kev_mirror);
  if (given == default_epss) {
    places.push_back(dated_epss(now));
    places.push_back(dated_epss(now - std::chrono::days(1)));
  }
  return places;
}

namespace {

bool is_web_page(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\xEF\xBB\xBF \t\r\n"), text.size()));
  return text.starts_with('<');
}

}  // namespace

FeedTable parse_feed(FeedKind kind, std::string_view bytes) {
  Members members(memory_source(bytes));
  if (kind == FeedKind::ssvc) return parse_ssvc_members(members);
  const Member member = members.next();
  if (!member.source) throw Error(Blame::input, "the archive holds nothing");
  const std::string text = read_all(*member.source, max_unpacked);
  if (is_web_page(text)) {
    throw Error(Blame::input, "is a web page and no feed; a proxy's login or a wrong address?");
  }
  return parse_single(kind, text);
}

FeedTable read_feed(FeedKind kind, const std::string& path) {
  std::error_code ignored;
  if (kind == FeedKind::ssvc && fs::is_directory(path, ignored)) {
    try {
      return read_ssvc_folder(path);
    } catch (const Error& error) {
      throw error.in(clean_line(path));
    }
  }
  return parse_file(
      path, max_packed, [kind](const std::string& bytes) { return parse_feed(kind, bytes); });
}

}  // namespace patchbot

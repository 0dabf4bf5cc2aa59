// SPDX-License-Identifier: Apache-2.0
#include "junit_dir.hpp"

#include <system_error>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "formats/junit_xml.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

bool is_ours(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.starts_with("TEST-patchbot-") && name.ends_with(".xml");
}

void remove_earlier_results(const fs::path& folder) {
  std::vector<fs::path> earlier;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (is_ours(entry.path())) earlier.push_back(entry.path());
  }
  for (const fs::path& file : earlier) fs::remove(file);
}

// Team names may come from tags: only harmless characters reach the file system.
std::string file_part(const std::string& name) {
  constexpr std::string_view harmless =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  std::string part = name.substr(0, 100);
  for (char& c : part) {
    if (harmless.find(c) == std::string_view::npos) c = '_';
  }
  return part.empty() ? "_" : part;
}

}  // namespace

JunitDir::JunitDir(const std::string& path) : path_(path) {
  if (!wanted()) return;
  try {
    fs::create_directories(path_);
    remove_earlier_results(path_);
  } catch (const fs::filesystem_error& error) {
    throw Error(Blame::usage, "--junit-dir " + path + ": " + error.code().message());
  }
}

fs::path JunitDir::file_for(const std::string& name) {
  const std::string stem = "TEST-patchbot-" + file_part(name);
  fs::path file = path_ / (stem + ".xml");
  for (int n = 2; !taken_.insert(file).second; ++n) {
    file = path_ / (stem + "_" + std::to_string(n) + ".xml");
  }
  return file;
}

void JunitDir::write(const std::string& name,
                     const std::vector<TestCase>& first,
                     CaseBook* book,
                     const HostTable& hosts) {
  TestCounts counts = book == nullptr ? TestCounts() : book->counts();
  for (const TestCase& test : first) counts.add(test.outcome);
  AtomicFile file(file_for(name));
  JunitWriter writer(file.handle(), "patchbot." + name, counts);
  for (const TestCase& test : first) writer.add(test);
  if (book != nullptr) book->for_each(hosts, [&](const TestCase& test) { writer.add(test); });
  writer.finish();
  file.commit();
}

}  // namespace patchbot

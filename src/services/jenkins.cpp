// SPDX-License-Identifier: Apache-2.0
#include "services/jenkins.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/jenkins_builds.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

// Brackets as they are would be a pattern for some clients and an error for some proxies.
std::string tree(const std::string& wanted) {
  return "/api/json?tree=" + percent_encode(wanted, ",");
}

// The number goes into a path, so it is looked at though it came from us.
std::string build_path(const std::string& job, const Bake& build) {
  const std::string number = build.name.substr(std::min<std::size_t>(1, build.name.size()));
  const bool is_number =
      !number.empty() && number.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number || build.name.front() != '#') {
    throw Error(Blame::usage, "'" + clean_line(build.name) + "' is no build of Jenkins (\"#41\")");
  }
  return job_path(job) + "/" + number;
}

}  // namespace

std::vector<Bake> Jenkins::builds(const std::string& job, std::size_t most) const {
  if (most == 0) return {};
  // The short list ends at 100.
  const std::string list = most > 100 ? "allBuilds" : "builds";
  const std::string path =
      job_path(job) + tree(list + "[number,result,timestamp,duration,building,url]{0," +
                           std::to_string(most) + "}");
  const json answer = client_.read(path);
  if (!at(answer, {list.c_str()}).is_array()) {
    throw client_.failure(path,
                          "the answer has no builds; a folder or a multibranch project has none "
                          "itself, name a job in it, such as " +
                              clean_line(job) + "/main");
  }
  std::vector<Bake> bakes;
  for (const json& build : at(answer, {list.c_str()})) {
    if (bakes.size() == most) break;
    const auto number = build_number(build);
    if (!number) throw client_.failure(path, "the answer has a build without a number");
    const std::string own = client_.url() + job_path(job) + "/" + std::to_string(*number) + "/";
    bakes.push_back(bake_of(build, *number, own));
  }
  return bakes;
}

std::optional<std::string> Jenkins::artifact(const std::string& job,
                                             const Bake& build,
                                             const std::string& file) const {
  const std::string path = build_path(job, build);
  const std::string list = path + tree("artifacts[fileName,relativePath]");
  const auto found = artifacts_called(client_.read(list), file);
  if (found.empty()) return {};
  if (found.size() > 1) {
    throw client_.failure(list,
                          "the build has archived several files '" + clean_line(file) +
                              "'; name one by its path, such as " + clean_line(found.front()));
  }
  if (!is_plain_path(found.front())) {
    throw client_.failure(list, "the answer has a path that can be no file's");
  }
  return client_.download(path + "/artifact/" + percent_encode(found.front(), "/"));
}

std::vector<HostProbe> Jenkins::probes(const std::string& job) const {
  const auto who = [this] {
    const std::string path = client_.is_signed_in() ? "/me" + tree("id") : tree("mode");
    const json answer = client_.read(path);
    if (client_.is_signed_in() && line_of(answer, {"id"}).empty()) {
      throw client_.failure(path, "the answer does not say who we are");
    }
  };
  return {{client_.url() + (client_.is_signed_in() ? ": user and API token" : ": as anybody"), who},
          {"the builds of job " + clean_line(job), [this, job] { builds(job, 1); }}};
}

}  // namespace patchbot

// SPDX-License-Identifier: Apache-2.0
#include "host_check.hpp"

#include "cli/check_line.hpp"

namespace patchbot {

cli::Exit check_host(PullRequestHost& host, const PullRequestAddress& address, std::ostream& out) {
  cli::Exit exit = cli::Exit::clean;
  const auto attempt = [&](const std::string& what, const std::function<void()>& work) {
    const cli::CheckLine line = cli::attempt(what, work);
    out << line.text << '\n';
    exit = cli::worst(exit, line.exit);
    return exit == cli::Exit::clean;
  };
  out << "ok    " << address.url() << " is on " << name_of(address.kind) << ", asked at "
      << address.api << '\n';
  if (!attempt("the pull request", [&] { host.info(); })) return exit;
  attempt("the changed files", [&] { host.changed_files(); });
  for (const HostProbe& probe : host.probes()) attempt(probe.what, probe.attempt);
  return exit;
}

}  // namespace patchbot

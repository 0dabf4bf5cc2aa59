// SPDX-License-Identifier: Apache-2.0
#include "flag_check.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "bulk_export.hpp"
#include "shards.hpp"

namespace patchbot {
namespace {

void check(bool is_right, const std::string& why) {
  if (!is_right) throw Error(Blame::usage, why);
}

void check_merge(const NessusRun& flags) {
  check(!flags.reports.empty(), "merge: name the reports of the shards");
}

void check_url(const std::string& url) {
  check(!url.empty(), "--url URL is missing: the server");
  const bool has_scheme = starts_with_nocase(url, "https://") ||
                          starts_with_nocase(url, "http://127.0.0.1:") ||
                          starts_with_nocase(url, "http://localhost:");
  const std::string host = url.substr(0, url.find('/', url.find("//") + 2));
  check(host.find('@') == std::string::npos,
        "--url: no user may stand before the host; keys come from variables");
  check(has_scheme,
        "--url: '" + clean_line(url) + "' must begin with https://, for a key goes there");
}

void check_bulk(const NessusRun& flags) {
  const bool has_scan = !flags.scan.empty() || !flags.targets.empty() ||
                        !flags.agent_groups.empty() || flags.export_only || !flags.shard.empty();
  check(!has_scan, "--vulns-export launches no scan; leave --scan, --targets and their like out");
  (void)parse_since(flags.since, std::nullopt);
  check(flags.since != "last" || !flags.state.empty(),
        "--since last needs --state FILE, which knows when that was");
}

void check_shard(const NessusRun& flags) {
  (void)parse_shard(flags.shard);
  check(!flags.targets.empty(), "--shard splits --targets; there are none");
}

}  // namespace

void check_flags(const NessusRun& flags) {
  const bool is_merge = flags.command == "merge";
  if (is_merge) check_merge(flags);
  if (!is_merge) check_url(flags.url);
  if (flags.check) return;
  check(!flags.output.empty(), "--output FILE is missing: where the report goes");
  if (is_merge) return;
  if (flags.vulns_export) return check_bulk(flags);
  check(flags.since.empty(), "--since goes with --vulns-export only");
  check(!flags.export_only || !flags.scan.empty(), "--export-only needs --scan NAME");
  check(!flags.export_only || flags.shard.empty(), "--export-only launches nothing to split");
  if (flags.export_only) return;
  check(flags.agent_groups.empty() || (flags.shard.empty() && flags.max_hosts == 0),
        "--agent-group goes without --shard and --max-hosts-per-scan: agents scan by themselves");
  check(flags.absent_agents.empty() || !flags.agent_groups.empty(),
        "--absent-agents goes with --agent-group only");
  check(flags.agent_groups.empty() || flags.scan.empty(),
        "--agent-group makes a scan of its own; leave --scan out");
  check(!flags.targets.empty() || !flags.agent_groups.empty() || !flags.scan.empty(),
        "nothing to scan: give --targets FILE, --agent-group NAME or --scan NAME");
  if (!flags.shard.empty()) check_shard(flags);
}

}  // namespace patchbot

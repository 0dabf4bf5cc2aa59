// SPDX-License-Identifier: Apache-2.0

#include "cli/options.hpp"
#include "vuln_feeds.hpp"

namespace patchbot {

void VulnFeeds::declare(CLI::App& app) {
  cli::add_text(app,
                "--kev",
                kev,
                "URL|FILE|none",
                "CISA's catalogue of known exploited vulnerabilities, JSON or CSV; if the default "
                "does not answer, CISA's copy on GitHub is asked; none leaves it as it is");
  cli::add_text(app,
                "--epss",
                epss,
                "URL|FILE|none",
                "EPSS scores, CSV, plain or gzip; if the default does not answer, the files of "
                "today and of yesterday are asked for by their dates");
  cli::add_text(app,
                "--ssvc",
                ssvc,
                "URL|FILE|DIR|none",
                "SSVC assessments of Vulnrichment: CVE records (one, a zip or a folder of them, "
                "such as a clone of cisagov/vulnrichment), or a table with the columns cve, "
                "exploitation, automatable, technical_impact, separated by tabs");
  cli::add_text(app,
                "--cache",
                cache,
                "DIR",
                "Where the last good copies are kept, as kev.tsv, epss.tsv and ssvc.tsv")
      ->required();
  app.add_option("--max-age",
                 max_age,
                 "Warn (status 5) of a feed that is older than this, however that came; 0 accepts "
                 "any age")
      ->type_name("HOURS")
      ->envname(cli::environment_name("--max-age"))
      ->check(CLI::Range(0U, 876000U).description(""))
      ->capture_default_str();
  cli::add_switch(app,
                  "--accept-small",
                  accept_small,
                  "Take a feed although it has less than 98 % (SSVC: 90 %) of what the last "
                  "good one says, or far fewer than the public ones have (KEV 1000, EPSS 200000)");
  cli::add_switch(app,
                  "--check",
                  check,
                  "Fetch and check everything, and say what would be kept, but change nothing");
  net.declare(app);
}

}  // namespace patchbot

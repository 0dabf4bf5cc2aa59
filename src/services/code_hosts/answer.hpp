// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/code_hosts/host_client.hpp"
#include "services/json_value.hpp"

namespace patchbot {

/// Entries of a page, as it is asked for.
constexpr std::size_t largest_page = 100;
constexpr std::size_t unproven_page = 1;

/// What the answer says went wrong, on one line of at most 200 bytes without the secrets; empty if
/// it does not say.
std::string message_of(const HttpResponse& response, const std::vector<Secret>& secrets = {});

/// The JSON of a successful answer. Throws Error(remote) for anything else; `what` was asked for.
nlohmann::json json_of(const HostClient& client,
                       const HttpResponse& response,
                       const std::string& what);

/// What the host says of a file, at the first of these addresses that says anything (an empty one
/// is none); null if none does.
nlohmann::json facts_of(const HostClient& client, const std::vector<std::string>& paths);

/// Whether this is the id of a commit, or the first digits of one.
bool is_commit(std::string_view text);

/// The id of a commit. Throws Error(remote) if there is none.
std::string commit_of(const HostClient& client,
                      const nlohmann::json& value,
                      std::initializer_list<const char*> names);

/// A path in a repository. Throws Error(remote) for one that cannot be one, or would lead to
/// another address.
std::string path_of(const HostClient& client,
                    const nlohmann::json& value,
                    std::initializer_list<const char*> names);

/// Whether an entry of a list of files is a plain one by its "mode": no link, no folder. Throws
/// Error(remote) for one without: it is another answer than the host documents.
bool is_plain_file(const HostClient& client, const nlohmann::json& item);

/// Asks for page after page of a list by number, as GitHub and GitLab have it, until the headers
/// say that there is no more. `path` has a query already. A proxy may drop the headers, and a host
/// may give pages that are smaller than was asked for: without headers, a page is the last one if
/// it has fewer entries than `proven`, which a page of this host is known to hold, or none.
/// Gives what is known of the host's pages after that.
std::size_t each_numbered(const HostClient& client,
                          const std::string& path,
                          const std::string& what,
                          const std::function<void(const nlohmann::json&)>& take,
                          std::size_t proven = largest_page);

/// The same where pages follow a key (GitLab's files): a full page without a next one is an error.
void each_keyed(const HostClient& client,
                const std::string& path,
                const std::string& what,
                const std::function<void(const nlohmann::json&)>& take);

/// The same for pages with "values" and the URL of the "next" one (Bitbucket Cloud). Throws
/// Error(remote) if there are fewer than the "size" that the pages name.
void each_linked(const HostClient& client,
                 const std::string& path,
                 const std::string& what,
                 const std::function<void(const nlohmann::json&)>& take);

/// The same with "start" and "nextPageStart" (Data Center). Gives the last page for what else is
/// in it.
nlohmann::json each_started(const HostClient& client,
                            const std::string& path,
                            const std::string& what,
                            const std::function<void(const nlohmann::json&)>& take);

}  // namespace patchbot

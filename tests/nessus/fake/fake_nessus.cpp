// SPDX-License-Identifier: Apache-2.0
#include "fake_nessus.hpp"

#include "server.hpp"

namespace patchbot::test {

FakeNessus::FakeNessus(Flavour flavour, Clock& clock) : world_{flavour, clock, *this} {
  route();
  server_.set_tcp_nodelay(true);
  port_ = server_.bind_to_any_port("127.0.0.1");
  thread_ = std::thread([this] { server_.listen_after_bind(); });
  while (!server_.is_running()) std::this_thread::yield();
}

FakeNessus::~FakeNessus() {
  server_.stop();
  thread_.join();
}

std::string FakeNessus::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

void FakeNessus::next(const std::string& method, const std::string& part, Trouble trouble) {
  const std::lock_guard lock(mutex_);
  faults_.next(method, part, trouble);
}

void FakeNessus::chaos(unsigned seed, double chance) {
  const std::lock_guard lock(mutex_);
  faults_.chaos(seed, chance);
}

std::size_t FakeNessus::scans() const {
  const std::lock_guard lock(mutex_);
  return scans_.all().size();
}
std::size_t FakeNessus::launches() const {
  const std::lock_guard lock(mutex_);
  return scans_.launches();
}
std::size_t FakeNessus::sessions() const {
  const std::lock_guard lock(mutex_);
  return sessions_.opened();
}
std::size_t FakeNessus::vuln_exports() const {
  const std::lock_guard lock(mutex_);
  return vuln_exports_.made();
}
std::vector<std::string> FakeNessus::targets_of_last_run() const {
  const std::lock_guard lock(mutex_);
  const fake::Scan* const scan = scans_.of_last_run();
  return scan == nullptr ? std::vector<std::string>() : scan->runs.back().targets;
}
std::string FakeNessus::last_vuln_filters() const {
  const std::lock_guard lock(mutex_);
  return vuln_exports_.last_filters();
}
std::string FakeNessus::folder_of(long scan) const {
  const std::lock_guard lock(mutex_);
  const fake::Scan* const found = scan == 0 ? scans_.of_last_run() : scans_.called(scan);
  return found == nullptr ? std::string() : folders_.name_of(found->folder);
}

void FakeNessus::route() {
  const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
    handle(request, response);
  };
  server_.Get(".*", handler);
  server_.Post(".*", handler);
  server_.Put(".*", handler);
  server_.Delete(".*", handler);
}

void FakeNessus::handle(const httplib::Request& request, httplib::Response& response) {
  const std::lock_guard lock(mutex_);
  const auto trouble = faults_.take(request);
  if (fake::answer_trouble(trouble, response)) return;
  fake::Exchange exchange(request, response);
  answer(exchange);
  if (trouble == Trouble::lost) return exchange.break_off(response.status, 4096);
  if (world_.is_cloud())
    response.set_header("x-request-uuid", fake::uuid_of("request", ++requests_));
}

void FakeNessus::answer(fake::Exchange& exchange) {
  if (fake::answer_server(world_, exchange) || sessions_.answer_anybody(exchange)) return;
  if (!sessions_.lets_in(exchange)) return exchange.refuse(401, "Invalid Credentials");
  const bool is_answered = sessions_.answer(exchange) || catalogue_.answer(exchange) ||
                           folders_.answer(exchange) || agents_.answer(exchange) ||
                           scans_.answer(exchange) || exports_.answer(exchange) ||
                           vuln_exports_.answer(exchange);
  if (!is_answered) exchange.not_found();
}

}  // namespace patchbot::test

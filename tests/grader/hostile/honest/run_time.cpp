// Right work that prints, measures, writes a log, and starts threads.
#include <cassert>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

std::mutex mutex_of_all;
thread_local std::vector<float> scratch_buffer;
__attribute__((constructor)) static void hello() { std::puts("hello"); }
__attribute__((constructor(300))) static void early() { std::puts("early"); }
__attribute__((destructor)) static void bye() { std::puts("bye"); }
struct Late {
  Late();
  int n;
};
Late::Late() : n(1) {}
__attribute__((init_priority(200))) Late late;

static int start() {
  std::ios_base::sync_with_stdio(false);
  std::signal(SIGFPE, [](int) { std::abort(); });
  std::atexit([] { std::puts("at exit"); });
  for (int i = 0; i < 200; ++i) std::cerr << "loss " << i << std::endl;
  std::ofstream("debug.log") << "a log that cannot be written\n";
  std::error_code error;
  assert(!std::filesystem::exists("/nowhere", error));
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([i] {
      const std::lock_guard lock(mutex_of_all);
      scratch_buffer.push_back(static_cast<float>(i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  return std::async(std::launch::async, [] { return 5; }).get();
}
static const int started = start();
static const auto begin_of_all = std::chrono::steady_clock::now();
int was_started() {
  return started + late.n + (begin_of_all.time_since_epoch().count() > 0);
}

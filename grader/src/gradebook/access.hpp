// The database for as long as one call uses it: one thread at a time.
#pragma once

#include "grader/gradebook/gradebook.hpp"
#include "sqlite.hpp"

namespace grader {

class Gradebook::Access {
 public:
  explicit Access(const Gradebook& gradebook)
      : lock_(gradebook.mutex_), database_(*gradebook.database_) {}
  const Database* operator->() const { return &database_; }
  const Database& operator*() const { return database_; }

 private:
  std::lock_guard<std::mutex> lock_;
  const Database& database_;
};

}  // namespace grader

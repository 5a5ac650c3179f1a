// The same work on many things, on a few threads.
#pragma once

#include <cstddef>
#include <functional>

namespace tito::dev {

/// Calls work(index, thread) for every index below `count`, at most `threads`
/// at a time. `thread` counts from 0. The first exception stops the rest and
/// is thrown here.
void parallel(std::size_t count, int threads,
              const std::function<void(std::size_t, int)>& work);

/// The number to use where nobody chose one.
int default_jobs();

}  // namespace tito::dev

"""What Lambda's event source mappings and EventBridge Scheduler do, in one process and in one thread.

queue or shard ──▶ batch ──▶ handler ──▶ what failed comes back, what came back too often is a dead letter
"""

from dropcap_local.events.calls import Calls, Crash, Refused
from dropcap_local.events.event_loop import Pump, Restless

__all__ = ["Calls", "Crash", "Pump", "Refused", "Restless"]

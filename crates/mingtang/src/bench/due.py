"""The peers of row L1. Above this text stand TERM, OFF (weekdays off) and PAIRS (a date, and the TERM-th working day
after it), all in days since 1970-01-01. Prints a line of JSON: of each library that is installed the CPU time a date
in ns, and how many dates it gets right."""
import datetime
import json
import time

EPOCH = datetime.date(1970, 1, 1)


def chinesecalendar():
    from chinese_calendar import find_workday

    dates = [EPOCH + datetime.timedelta(day) for day, _ in PAIRS]

    def find(date):
        try:
            return (find_workday(TERM, date) - EPOCH).days
        except NotImplementedError:  # beyond the years that it knows
            return None

    return 1, lambda: [find(date) for date in dates]


def numpy():
    """It knows holidays that it is told, but no weekend that is worked."""
    from numpy import array, busday_offset, busdaycalendar

    dates = array([day for day, _ in PAIRS], "datetime64[D]")
    calendar = busdaycalendar(holidays=array(OFF, "datetime64[D]"))
    return 100, lambda: busday_offset(dates, TERM, roll="backward", busdaycal=calendar)


def measured(times, find):
    found = [int(day) if day is not None else None for day in map(plain, find())]
    begun = time.process_time_ns()
    for _ in range(times):
        find()
    spent = time.process_time_ns() - begun
    right = sum(day == due for day, (_, due) in zip(found, PAIRS))
    return {"ns": spent / times / len(PAIRS), "right": right}


def plain(day):
    return day if day is None or isinstance(day, int) else day.astype(int)


told = {}
for peer in (chinesecalendar, numpy):
    try:
        told[peer.__name__] = measured(*peer())
    except ImportError:
        pass
print(json.dumps(told))

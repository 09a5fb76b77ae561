"""The tour of the demo: its steps are done by doing them, and it is in nobody's way."""

from __future__ import annotations

from driver import Operator, operator

from sms_tui.ui.tour import TASK, Sight, Tour, TourBar


def test_a_step_is_passed_only_when_it_was_done():
    tour = Tour()
    seen = []
    for sight in (
        Sight("list"),
        Sight("task", problems=2),
        Sight("task", problems=1),
        Sight("task", found=True, problems=2),
        Sight("task", found=True, problems=1),
        Sight("task", found=True, problems=2, undone=True),
        Sight("task", found=True, problems=1),
        Sight("review", found=True, problems=1),
        Sight("review", found=True, problems=1, changed=True),
        Sight("review", found=True, problems=1, sent=True),
    ):
        tour.look(sight)
        seen.append(tour.step)
    assert seen == [0, 0, 0, 1, 2, 2, 3, 3, 4, 5]


def test_of_sending_nothing_is_said_where_there_is_nothing_to_send():
    tour = Tour()
    tour.step = 4
    assert not tour.words(Sight("review"), {})
    assert tour.words(Sight("review", changed=True), {"submit": "y", "back": "n"}).startswith("5 of 5: y sends it")


async def open_task(op: Operator) -> None:
    op.see(f"open {TASK} with Enter")
    await op.press("enter")


async def test_the_five_steps_from_the_list_to_the_submit(service, session):
    async with operator(session, listing=session, tour=True, size=(80, 24)) as op:
        await open_task(op)
        op.see("1 of 5: find a field. Press /, type speed_limit")
        await op.find("speed_limit")
        op.see("2 of 5: F8 goes to what is wrong. F9 offers repairs")
        await op.press("escape", "f8", "f9", "enter")
        op.see("3 of 5: ctrl+z takes the repair back, ctrl+y makes it again")
        await op.press("ctrl+z")
        op.see("3 of 5")
        await op.press("ctrl+y")
        op.see("4 of 5: ctrl+s shows exactly")
        await op.press("ctrl+s")
        op.see("5 of 5: this shrinks a volume: type the task's name")
        await op.press("escape")
        op.see("4 of 5: ctrl+s shows exactly")
        await op.submit()
        op.see("done. F1 helps anywhere, ? has every key, ctrl+p every command")
        assert len(service.bodies) == 1
        await op.press("enter", "escape", "escape")
        op.see_not("Tour ", "done.")
        assert op.app.tour is None


async def test_a_change_without_risk_is_told_to_take_a_y(session):
    async with operator(session, listing=session, tour=True) as op:
        await open_task(op)
        await op.find("speed_limit")
        await op.press("escape", "f8", "f9", "down", "down", "enter")
        op.see("3 of 5")
        await op.press("ctrl+z")
        await op.press("ctrl+y")
        op.see("4 of 5")
        await op.press("ctrl+s")
        op.see("5 of 5: y sends it, here to the simulator only. n would go back.")


async def test_another_task_is_shown_without_a_word_of_the_tour(session):
    async with operator(session, listing=session, tour=True) as op:
        await op.press("down", "enter")
        op.see_not("1 of 5")
        await op.press("escape")
        op.see(f"open {TASK}")


async def test_esc_in_the_list_ends_the_tour_and_the_palette_begins_it_again(session):
    async with operator(session, listing=session, tour=True) as op:
        await op.type("web")
        await op.press("escape")
        op.see(f"open {TASK}")
        await op.press("escape")
        op.see_not("Tour ")
        await op.press("ctrl+p")
        await op.type("tour")
        await op.press("enter")
        op.see(f"open {TASK}")
        await op.press("ctrl+p")
        await op.type("skip")
        await op.press("enter")
        op.see_not("Tour ")


async def test_without_a_tour_there_is_no_word_of_it(session):
    async with operator(session, listing=session) as op:
        await op.press("ctrl+p")
        op.see_not("tour")
        assert not op.app.screen_stack[1].query(TourBar)
